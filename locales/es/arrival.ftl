# La página de llegada: lo primero que lee una persona, también sin JavaScript.

title = Inicio
languages = Idioma

exit-leave = Salir ya
exit-two = Pulsa Mayúsculas 2 veces más para salir.
exit-one = Pulsa Mayúsculas una vez más para salir.
exit-over = La salida con Mayúsculas volvió a empezar.

heading = Puedes hablar con alguien
lead = Si alguien te hace daño, te da miedo, te controla o te obliga a trabajar o a tener sexo, puedes hablar con una persona.
enough = Si sientes que algo no está bien, con eso basta.
nobody-heading = Puedes llamar a alguien
nobody-lead = Si alguien te hace daño, te da miedo, te controla o te obliga a trabajar o a tener sexo, puedes llamar a una persona que ayuda.
nobody = Todavía no se puede escribir a nadie en esta página. Los números de abajo están disponibles.
answered-by = Las personas que responden son de
answered = Quienes responden son personas preparadas para ayudar. Verás de qué organización son antes de enviar nada.
choice = Tú eliges qué contar. Puedes parar cuando quieras.
start-talk = Hablar con una persona
start-return = Tengo palabras para volver
start-loading = Un momento.
start-failed = No se pudo cargar. Inténtalo otra vez o usa un número de abajo.
no-script = Para hablar aquí hace falta JavaScript, que está apagado en este navegador. Los números de abajo funcionan sin él.

numbers = Números para llamar o escribir
numbers-about = La llamada queda en la lista de llamadas de este teléfono, y la factura puede mostrar el número, la fecha y la hora. Los mensajes quedan en el teléfono y la compañía telefónica puede leerlos. Si puedes, usa un teléfono que nadie más mire.
numbers-other = Números de otros países
call = Llamar al
text = Escribir al
text-word = Enviar
text-to = al
line-police = Esta línea es de la policía o le pasa los avisos.
line-always = Día y noche
line-languages = Atiende en { $languages }
line-interpreters = Atiende en { $languages } y, con intérpretes, en más idiomas
line-bill-call = Puede aparecer en la factura del teléfono
line-bill-text = Puede aparecer en la factura del teléfono. Los mensajes quedan en el teléfono
line-checked = { $country } · comparado con fuentes públicas el { DATETIME($date, dateStyle: "long") }
language-en = inglés
language-es = español
language-fr = francés
language-ar = árabe
language-af = afrikáans
language-cy = galés
language-de = alemán
language-hi = hindi
language-it = italiano
language-nl = neerlandés
language-pt = portugués
language-xh = xhosa
language-zu = zulú

leaving = Cómo salir rápido
leaving-script = «Salir ya» está siempre arriba. Pulsar tres veces la tecla Mayúsculas hace lo mismo. Vacía esta página y abre otra cualquiera. El botón Atrás no la trae de vuelta.
leaving-no-script = «Salir ya» está siempre arriba y abre otra página cualquiera. Como JavaScript está apagado, el botón Atrás puede traer esta página de vuelta: cierra también la pestaña.

traces = Qué oculta esta página y qué no puede ocultar
traces-hidden = Lo que hace
traces-left = Lo que no puede hacer
hidden-nothing-kept = No guarda nada en este aparato, a menos que lo pidas.
hidden-sealed = Lo que escribes lo leen las personas con quienes hablas. El ordenador que está en medio no puede leerlo.
hidden-no-account = No pide nombre, número ni correo.
left-history = El historial del navegador puede mostrar que se abrió esta dirección. Una ventana privada lo evita.
left-watched = Quien mire la pantalla, o haya puesto una aplicación espía en el teléfono, puede ver lo que ves.
left-network = El proveedor de internet, o quien tenga el wifi, puede ver que se visitó esta dirección, no lo que se dijo.
left-calls = Las llamadas y los mensajes dejan rastro en el teléfono y en la factura.
left-code = Quien tome el control de este sitio podría cambiar lo que hace. Publicamos cómo compararlo.
left-spyware = Si crees que vigilan el teléfono, quizá sea más seguro usar otro. Quitar una aplicación espía o apagar la ubicación compartida se puede notar. Puedes planearlo antes con alguien.
