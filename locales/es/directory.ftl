# Líneas a las que llamar. Los nombres, como los escribe cada servicio.

country-US = Estados Unidos
country-CA = Canadá
country-MX = México
country-GB = Reino Unido
country-IE = Irlanda
country-AU = Australia
country-NZ = Nueva Zelanda
country-ZA = Sudáfrica
country-IN = India
country-AR = Argentina
country-BR = Brasil
country-CO = Colombia
country-EU = Unión Europea
country-DE = Alemania
country-ES = España
country-FR = Francia
country-IT = Italia
country-NL = Países Bajos
country-PT = Portugal

line-us-emergency-name = Emergencias
line-us-emergency-who = Policía, bomberos y ambulancia. Los mensajes de texto funcionan en muchos lugares, no en todos. Donde no funcionan, la compañía telefónica contesta para avisar.
line-us-nhth-name = National Human Trafficking Hotline (línea nacional contra la trata)
line-us-nhth-who = Para quien está bajo control de alguien, o a quien obligan a trabajar o a vender sexo. No es la policía. Avisa a las autoridades si hay maltrato de menores o peligro de daño grave, y ahora trabaja más con la policía que antes.
line-us-ndvh-name = National Domestic Violence Hotline (línea nacional contra la violencia doméstica)
line-us-ndvh-who = Para quien sufre daño, miedo o control de su pareja o su familia. No puede enviar ayuda adonde estás.
line-us-988-name = 988, línea de prevención del suicidio y crisis
line-us-988-who = Para quien piensa en quitarse la vida o siente que no puede más. Puede llamar a emergencias si una vida está en peligro.
line-us-rainn-name = RAINN National Sexual Assault Hotline (línea nacional contra la violencia sexual)
line-us-rainn-who = Para quien vivió algo sexual que no quería. Los primeros dígitos del teléfono deciden qué centro local responde. El centro puede tener que avisar si alguien menor de edad sufre daño.
line-us-stronghearts-name = StrongHearts Native Helpline (línea para pueblos nativos)
line-us-stronghearts-who = Para personas de pueblos nativos que sufren daño, miedo o control. No hace falta decir tu nombre. La respuesta a un mensaje llega desde otro número.
line-us-childhelp-name = Childhelp National Child Abuse Hotline (línea nacional contra el maltrato infantil)
line-us-childhelp-who = Para menores de 18 años que sufren daño y para quien se preocupa por un menor. Si dices quién es, quien responde puede tener que avisar.

line-ca-emergency-name = Emergencias
line-ca-emergency-who = Policía, bomberos y ambulancia.
line-ca-chth-name = Canadian Human Trafficking Hotline (línea canadiense contra la trata)
line-ca-chth-who = Para quien está bajo control de alguien, o a quien obligan a trabajar o a vender sexo. Debe avisar si una vida está en peligro o hay riesgo para alguien menor de edad.
line-ca-988-name = 9-8-8 Suicide Crisis Helpline (línea de prevención del suicidio)
line-ca-988-who = Para quien piensa en quitarse la vida o siente que no puede más.
line-ca-hope-name = Hope for Wellness Helpline (línea para pueblos indígenas)
line-ca-hope-who = Para personas indígenas de todo Canadá que necesitan que alguien escuche.

line-mx-emergency-name = Emergencias
line-mx-emergency-who = Policía, bomberos y ambulancia.
line-mx-lnctp-name = Línea y Chat Nacional contra la Trata de Personas
line-mx-lnctp-who = Psicólogos y abogados del Consejo Ciudadano. Es gratis. No hace falta decir tu nombre.

line-gb-emergency-name = Emergencias
line-gb-emergency-who = Policía, bomberos y ambulancia.
line-gb-mseh-name = Modern Slavery & Exploitation Helpline (línea contra la esclavitud moderna)
line-gb-mseh-who = Para quien está bajo control de alguien, o a quien obligan a trabajar o a vender sexo. Solo comparte sin preguntar si una vida está en peligro o alguien menor de 18 años corre riesgo.
line-gb-nda-name = National Domestic Abuse Helpline (línea contra el maltrato)
line-gb-nda-who = Inglaterra. Para quien sufre daño, miedo o control de su pareja o su familia.
line-gb-sct-da-name = Domestic Abuse and Forced Marriage Helpline (línea contra el maltrato y el matrimonio forzado)
line-gb-sct-da-who = Escocia. Para quien sufre daño, miedo o control, o a quien obligan a casarse.
line-gb-nir-dsah-name = Domestic and Sexual Abuse Helpline (línea contra el maltrato y el abuso sexual)
line-gb-nir-dsah-who = Irlanda del Norte. Para quien sufre daño de su pareja o su familia, o daño sexual.
line-gb-samaritans-name = Samaritans
line-gb-samaritans-who = Para quien piensa en quitarse la vida o necesita que alguien escuche.
line-gb-wls-lff-name = Live Fear Free (línea contra el maltrato y el abuso sexual)
line-gb-wls-lff-who = Gales. Para quien sufre daño, miedo o control, o daño sexual.
line-gb-rape-crisis-name = Rape Crisis England & Wales (línea contra la violencia sexual)
line-gb-rape-crisis-who = Para quien vivió algo sexual que no quería, también hace mucho tiempo.
line-gb-childline-name = Childline (línea para menores)
line-gb-childline-who = Para quien tiene menos de 19 años, sobre cualquier cosa.

line-ie-emergency-name = Emergencias
line-ie-emergency-who = Policía, bomberos y ambulancia.
line-ie-womens-aid-name = Women’s Aid (línea contra el maltrato)
line-ie-womens-aid-who = Para mujeres que sufren daño, miedo o control de su pareja o su familia.
line-ie-garda-name = Garda Confidential Line (línea de la policía)
line-ie-garda-who = Para contar a la policía que obligan a alguien a trabajar o a vender sexo.

line-au-emergency-name = Emergencias
line-au-emergency-who = Policía, bomberos y ambulancia.
line-au-1800respect-name = 1800RESPECT (línea contra el maltrato y el abuso sexual)
line-au-1800respect-who = Para quien sufre daño, miedo o control, o daño sexual.
line-au-red-cross-name = Australian Red Cross, Support for Trafficked People (apoyo a víctimas de trata)
line-au-red-cross-who = En horas de oficina. Para personas a quienes obligan a trabajar o a vender sexo. Puedes dejar el programa cuando quieras.
line-au-afp-name = Australian Federal Police, human trafficking (policía federal)
line-au-afp-who = Para contar a la policía que obligan a alguien a trabajar o a vender sexo.
line-au-lifeline-name = Lifeline (línea de prevención del suicidio)
line-au-lifeline-who = Para quien piensa en quitarse la vida o siente que no puede más.

line-nz-emergency-name = Emergencias
line-nz-emergency-who = Policía, bomberos y ambulancia.
line-nz-womens-refuge-name = Women’s Refuge (refugio para mujeres)
line-nz-womens-refuge-who = Para mujeres y menores que sufren daño, miedo o control.
line-nz-crime-stoppers-name = Crime Stoppers (avisos anónimos)
line-nz-crime-stoppers-who = Para contar que obligan a alguien a trabajar o a vender sexo. No hace falta decir tu nombre.

line-za-emergency-name = Policía
line-za-emergency-who = Para un peligro en este momento. Ambulancia: 10177. Desde un móvil, el 112 llega a ambas.
line-za-ht-name = National Human Trafficking Hotline (línea nacional contra la trata)
line-za-ht-who = Para quien está bajo control de alguien, o a quien obligan a trabajar o a vender sexo. No hace falta decir tu nombre. La ley la obliga a avisar de la trata de menores.
line-za-gbv-name = GBV Command Centre (línea contra la violencia de género)
line-za-gbv-who = Para quien sufre daño, miedo o control, o daño sexual.

line-in-emergency-name = Emergencias
line-in-emergency-who = Policía, bomberos y ambulancia.
line-in-181-name = Women Helpline 181 (línea para mujeres)
line-in-181-who = Para mujeres que sufren daño, miedo o control.

line-ar-emergency-name = Emergencias
line-ar-emergency-who = Policía, bomberos y ambulancia en casi todas las provincias. Policía: 101. Ambulancia: 107.
line-ar-145-name = Línea 145
line-ar-145-who = Para personas a quienes obligan a trabajar o a vender sexo. No hace falta decir tu nombre. Pasa a la justicia lo que se le cuenta.

line-br-emergency-name = Policía
line-br-emergency-who = Para un peligro en este momento. Ambulancia: 192.
line-br-180-name = Ligue 180 (línea para mujeres)
line-br-180-who = Para mujeres que sufren daño, miedo o control.
line-br-100-name = Disque 100 (línea de derechos humanos)
line-br-100-who = Para quien sufre daño en sus derechos, también si le obligan a trabajar o a vender sexo. No hace falta decir tu nombre.

line-co-emergency-name = Emergencias
line-co-emergency-who = Policía, bomberos y ambulancia.
line-co-155-name = Línea 155
line-co-155-who = Para mujeres que sufren daño, miedo o control.

line-eu-112-name = Emergencias
line-eu-112-who = Policía, bomberos y ambulancia, en todos los países de la Unión Europea.

line-de-emergency-name = Emergencias
line-de-emergency-who = Policía, bomberos y ambulancia.
line-de-hilfetelefon-name = Hilfetelefon Gewalt gegen Frauen (línea para mujeres)
line-de-hilfetelefon-who = Para mujeres que sufren daño, miedo o control, o a quienes obligan a trabajar o a vender sexo. No hace falta decir tu nombre.

line-es-emergency-name = Emergencias
line-es-emergency-who = Policía, bomberos y ambulancia.
line-es-016-name = 016
line-es-016-who = Para mujeres que sufren daño, miedo o control. Algunos teléfonos guardan la llamada en su lista: bórrala ahí.
line-es-policia-name = Policía Nacional, trata de seres humanos
line-es-policia-who = Para personas a quienes obligan a trabajar o a vender sexo. No hace falta decir tu nombre.

line-fr-emergency-name = Emergencias
line-fr-emergency-who = Policía, bomberos y ambulancia.
line-fr-3919-name = 3919 Violences Femmes Info (línea para mujeres)
line-fr-3919-who = Para mujeres que sufren daño, miedo o control.
line-fr-ccem-name = Comité contre l’esclavage moderne (comité contra la esclavitud)
line-fr-ccem-who = En horas de oficina. Para personas a quienes obligan a trabajar.
line-fr-119-name = 119 Allô Enfance en Danger (línea para menores)
line-fr-119-who = Para menores de 18 años que sufren daño y para quien se preocupa por un menor. Pasa lo que se le cuenta a la oficina que protege a los menores.

line-it-emergency-name = Emergencias
line-it-emergency-who = Policía, bomberos y ambulancia.
line-it-antitratta-name = Numero Verde Anti-Tratta (línea contra la trata)
line-it-antitratta-who = Para personas a quienes obligan a trabajar o a vender sexo. No hace falta decir tu nombre.
line-it-1522-name = 1522 (línea contra la violencia y el acoso)
line-it-1522-who = Para quien sufre daño, miedo, control o persecución.

line-nl-emergency-name = Emergencias
line-nl-emergency-who = Policía, bomberos y ambulancia.
line-nl-comensha-name = CoMensha (ayuda contra la trata)
line-nl-comensha-who = En horas de oficina. Para personas a quienes obligan a trabajar o a vender sexo.
line-nl-veilig-thuis-name = Veilig Thuis (línea contra el maltrato)
line-nl-veilig-thuis-who = Para quien sufre daño, miedo o control en casa, también menores.

line-pt-emergency-name = Emergencias
line-pt-emergency-who = Policía, bomberos y ambulancia.
line-pt-tsh-name = APF, SOS TSH (línea contra la trata)
line-pt-tsh-who = Para personas a quienes obligan a trabajar o a vender sexo. No hace falta decir tu nombre. Cuesta como una llamada a un móvil.
line-pt-siv-name = Serviço de Informação às Vítimas de Violência Doméstica (línea contra el maltrato)
line-pt-siv-who = Para quien sufre daño, miedo o control de su pareja o su familia.
