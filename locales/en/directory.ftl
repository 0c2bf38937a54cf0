# Lines to call. Names as the operators write them.

country-US = United States
country-CA = Canada
country-MX = Mexico
country-GB = United Kingdom
country-IE = Ireland
country-AU = Australia
country-NZ = New Zealand
country-ZA = South Africa
country-IN = India
country-AR = Argentina
country-BR = Brazil
country-CO = Colombia
country-EU = European Union
country-DE = Germany
country-ES = Spain
country-FR = France
country-IT = Italy
country-NL = Netherlands
country-PT = Portugal

line-us-emergency-name = Emergency
line-us-emergency-who = Police, fire and ambulance. Texting works in many places, not in all. Where it does not, the phone company texts back to say so.
line-us-nhth-name = National Human Trafficking Hotline
line-us-nhth-who = For anyone who is made to work or to sell sex, or is being controlled. It is not the police. It tells the authorities about child abuse and about danger of serious harm, and it works with the police more than it used to.
line-us-ndvh-name = National Domestic Violence Hotline
line-us-ndvh-who = For anyone who is hurt, scared or controlled by a partner or family. It cannot send help to where you are.
line-us-988-name = 988 Suicide & Crisis Lifeline
line-us-988-who = For anyone who thinks of ending their life, or cannot go on. It may call emergency services if a life is in danger.
line-us-rainn-name = RAINN National Sexual Assault Hotline
line-us-rainn-who = For anyone who went through something sexual that they did not want. The first digits of the phone’s number decide which local centre answers. A centre may have to report harm to someone under age.
line-us-stronghearts-name = StrongHearts Native Helpline
line-us-stronghearts-who = For Native people who are hurt, scared or controlled. You need not say your name. Answers to a text come from another number.
line-us-childhelp-name = Childhelp National Child Abuse Hotline
line-us-childhelp-who = For anyone under 18 who is hurt, and for anyone who worries about a child. If you say who the child is, the helper may have to report it.

line-ca-emergency-name = Emergency
line-ca-emergency-who = Police, fire and ambulance.
line-ca-chth-name = Canadian Human Trafficking Hotline
line-ca-chth-who = For anyone who is made to work or to sell sex, or is being controlled. It must report danger to life, and risk to someone under age.
line-ca-988-name = 9-8-8 Suicide Crisis Helpline
line-ca-988-who = For anyone who thinks of ending their life, or cannot go on.
line-ca-hope-name = Hope for Wellness Helpline
line-ca-hope-who = For Indigenous people all over Canada who need someone to listen.

line-mx-emergency-name = Emergency
line-mx-emergency-who = Police, fire and ambulance.
line-mx-lnctp-name = Línea y Chat Nacional contra la Trata de Personas
line-mx-lnctp-who = Psychologists and lawyers of Consejo Ciudadano. Free. You need not say your name.

line-gb-emergency-name = Emergency
line-gb-emergency-who = Police, fire and ambulance.
line-gb-mseh-name = Modern Slavery & Exploitation Helpline
line-gb-mseh-who = For anyone who is made to work or to sell sex, or is being controlled. It shares without asking only where a life is in danger, or someone under 18 is at risk.
line-gb-nda-name = National Domestic Abuse Helpline
line-gb-nda-who = England. For anyone who is hurt, scared or controlled by a partner or family.
line-gb-sct-da-name = Domestic Abuse and Forced Marriage Helpline
line-gb-sct-da-who = Scotland. For anyone who is hurt, scared or controlled, or made to marry.
line-gb-nir-dsah-name = Domestic and Sexual Abuse Helpline
line-gb-nir-dsah-who = Northern Ireland. For anyone hurt by a partner, by family, or sexually.
line-gb-samaritans-name = Samaritans
line-gb-samaritans-who = For anyone who thinks of ending their life, or needs someone to listen.
line-gb-wls-lff-name = Live Fear Free
line-gb-wls-lff-who = Wales. For anyone who is hurt, scared or controlled, or was hurt sexually.
line-gb-rape-crisis-name = Rape Crisis England & Wales
line-gb-rape-crisis-who = For anyone who went through something sexual that they did not want, also long ago.
line-gb-childline-name = Childline
line-gb-childline-who = For anyone under 19, about anything.

line-ie-emergency-name = Emergency
line-ie-emergency-who = Police, fire and ambulance.
line-ie-womens-aid-name = Women’s Aid
line-ie-womens-aid-who = For women who are hurt, scared or controlled by a partner or family.
line-ie-garda-name = Garda Confidential Line
line-ie-garda-who = To tell the police about people who are made to work or to sell sex.

line-au-emergency-name = Emergency
line-au-emergency-who = Police, fire and ambulance.
line-au-1800respect-name = 1800RESPECT
line-au-1800respect-who = For anyone who is hurt, scared or controlled, or was hurt sexually.
line-au-red-cross-name = Australian Red Cross, Support for Trafficked People
line-au-red-cross-who = In office hours. For anyone who is made to work or to sell sex. You can leave the programme at any time.
line-au-afp-name = Australian Federal Police, human trafficking
line-au-afp-who = To tell the police that someone is made to work or to sell sex.
line-au-lifeline-name = Lifeline
line-au-lifeline-who = For anyone who thinks of ending their life, or cannot go on.

line-nz-emergency-name = Emergency
line-nz-emergency-who = Police, fire and ambulance.
line-nz-womens-refuge-name = Women’s Refuge
line-nz-womens-refuge-who = For women and children who are hurt, scared or controlled.
line-nz-crime-stoppers-name = Crime Stoppers
line-nz-crime-stoppers-who = To tell about people who are made to work or to sell sex. You need not say your name.

line-za-emergency-name = Police
line-za-emergency-who = For danger right now. Ambulance: 10177. From a mobile phone, 112 reaches both.
line-za-ht-name = National Human Trafficking Hotline
line-za-ht-who = For anyone who is made to work or to sell sex, or is being controlled. You need not say your name. The law makes it report trafficking of children.
line-za-gbv-name = GBV Command Centre
line-za-gbv-who = For anyone who is hurt, scared or controlled, or was hurt sexually.

line-in-emergency-name = Emergency
line-in-emergency-who = Police, fire and ambulance.
line-in-181-name = Women Helpline 181
line-in-181-who = For women who are hurt, scared or controlled.

line-ar-emergency-name = Emergency
line-ar-emergency-who = Police, fire and ambulance in most provinces. Police: 101. Ambulance: 107.
line-ar-145-name = Línea 145
line-ar-145-who = For anyone who is made to work or to sell sex. You need not say your name. It passes what it hears to the courts.

line-br-emergency-name = Police
line-br-emergency-who = For danger right now. Ambulance: 192.
line-br-180-name = Ligue 180
line-br-180-who = For women who are hurt, scared or controlled.
line-br-100-name = Disque 100
line-br-100-who = For anyone whose rights are hurt, also made to work or to sell sex. You need not say your name.

line-co-emergency-name = Emergency
line-co-emergency-who = Police, fire and ambulance.
line-co-155-name = Línea 155
line-co-155-who = For women who are hurt, scared or controlled.

line-eu-112-name = Emergency
line-eu-112-who = Police, fire and ambulance, in every country of the European Union.

line-de-emergency-name = Emergency
line-de-emergency-who = Police, fire and ambulance.
line-de-hilfetelefon-name = Hilfetelefon Gewalt gegen Frauen
line-de-hilfetelefon-who = For women who are hurt, scared or controlled, or made to work or to sell sex. You need not say your name.

line-es-emergency-name = Emergency
line-es-emergency-who = Police, fire and ambulance.
line-es-016-name = 016
line-es-016-who = For women who are hurt, scared or controlled. Some phones keep the call in their list: delete it there.
line-es-policia-name = Policía Nacional, human trafficking
line-es-policia-who = For anyone who is made to work or to sell sex. You need not say your name.

line-fr-emergency-name = Emergency
line-fr-emergency-who = Police, fire and ambulance.
line-fr-3919-name = 3919 Violences Femmes Info
line-fr-3919-who = For women who are hurt, scared or controlled.
line-fr-ccem-name = Comité contre l’esclavage moderne
line-fr-ccem-who = In office hours. For anyone who is made to work.
line-fr-119-name = 119 Allô Enfance en Danger
line-fr-119-who = For anyone under 18 who is hurt, and for anyone who worries about a child. It passes on what it hears to the office that protects children.

line-it-emergency-name = Emergency
line-it-emergency-who = Police, fire and ambulance.
line-it-antitratta-name = Numero Verde Anti-Tratta
line-it-antitratta-who = For anyone who is made to work or to sell sex. You need not say your name.
line-it-1522-name = 1522
line-it-1522-who = For anyone who is hurt, scared, controlled or followed.

line-nl-emergency-name = Emergency
line-nl-emergency-who = Police, fire and ambulance.
line-nl-comensha-name = CoMensha
line-nl-comensha-who = In office hours. For anyone who is made to work or to sell sex.
line-nl-veilig-thuis-name = Veilig Thuis
line-nl-veilig-thuis-who = For anyone who is hurt, scared or controlled at home, also children.

line-pt-emergency-name = Emergency
line-pt-emergency-who = Police, fire and ambulance.
line-pt-tsh-name = APF, SOS TSH
line-pt-tsh-who = For anyone who is made to work or to sell sex. You need not say your name. It costs as much as a call to a mobile phone.
line-pt-siv-name = Serviço de Informação às Vítimas de Violência Doméstica
line-pt-siv-who = For anyone who is hurt, scared or controlled by a partner or family.
