var e=`# La aplicación de quien busca ayuda. Frases cortas, sin alarma, siempre una elección, y la verdad sobre lo que es seguro.

## Palabras breves

app-loading = Un momento.
app-one-moment = Un momento.
app-try-again = Intentar otra vez
app-nothing-sent = Todavía no se ha enviado nada.
app-numbers = Números para llamar o escribir
app-span-minutes = { $count ->
    [one] { $count } minuto
   *[other] { $count } minutos
  }
app-span-hours = { $count ->
    [one] { $count } hora
   *[other] { $count } horas
  }
app-span-days = { $count ->
    [one] { $count } día
   *[other] { $count } días
  }

## Nadie a quien preguntar

app-unreachable-title = Ahora no hay conexión
app-nobody-title = Aquí todavía no responde nadie
app-nobody-body = Ninguna organización responde todavía en esta página. Los números de abajo funcionan sin ella.

## Quién responde

app-who-title = Quién responde
app-who-one = Aquí responde esta organización.
app-who-several = Aquí responden varias organizaciones. Tú eliges una. Ninguna ve lo que escribes a otra.
app-who-on-shift = Ahora hay alguien.
app-who-off-shift = Ahora no hay nadie. Puedes pedir ayuda y lo verán cuando vuelvan.
app-who-languages = Responde en { $languages }
app-link-fits-nobody = El enlace que abriste nombra una organización con otras claves que las que recibió esta página. Puede que alguien haya cambiado algo, o que el enlace sea antiguo.
app-link-fits-nobody-do = Ahora es más seguro un número de abajo. Si puedes, avisa a la organización.
app-link-unknown = Todavía no se pudo comparar la organización de tu enlace.
app-trust-checking = Comprobando las claves de esta organización.
app-trust-link = Comprobado: son las claves que nombra el enlace de la propia organización.
app-trust-kept = Comprobado: son las mismas claves que antes.
app-trust-first-use = Esta página ve estas claves por primera vez. Cree lo que dice este sitio y por sí sola no puede saber más. Puedes comparar las letras.
app-trust-refused = No se pudo creer la lista más nueva de quién puede responder. Lo que se comprobó antes vale todavía unos días. Si puedes, pregunta por teléfono.
app-trust-letters = Letras para comparar
app-trust-letters-about = Si la organización imprimió estas letras, o te las lee por teléfono, tienen que ser iguales.

## Antes de enviar nada

app-before-title = Antes de empezar
app-before-who = Quién puede leer lo que escribes
app-before-who-body = Tú y las personas de { $organisation } que entren en la conversación. Ves el nombre de cada una. Los ordenadores que están en medio no pueden leerlo. Ven cuándo se envía algo y, más o menos, cuánto ocupa.
app-before-exceptions = Cuándo tienen que contárselo a alguien
app-before-exceptions-lead = Hay cosas que { $organisation } no puede guardarse. Lo dice con sus palabras:
app-before-exceptions-none = { $organisation } no ha escrito aquí cuándo tiene que contárselo a alguien. Puedes preguntarlo primero, antes de decir nada más.
app-before-kept = Cuánto tiempo se guarda
app-before-kept-messages = Los mensajes desaparecen de las dos pantallas después de un tiempo que ambas partes ven. Puedes cambiarlo, de 5 minutos a 7 días.
app-before-kept-request = Tu petición espera 72 horas como máximo. El servidor borra lo que ya entregó, y todo lo demás a los 7 días como máximo.
app-before-kept-device = Este aparato no guarda nada, a menos que lo elijas después.
app-before-cannot = Lo que esto no puede hacer
app-before-cannot-seen = No puede ocultar la pantalla a quien la mire, ni a una aplicación espía en el teléfono.
app-before-cannot-visited = No puede ocultar que se abrió esta dirección.
app-before-cannot-remember = No puede hacer que la otra persona olvide, ni impedir que alguien fotografíe la pantalla.
app-before-cannot-police = No manda a nadie adonde estás. Si estás en peligro ahora, una llamada es más rápida.

## Si es seguro

app-safe-title = ¿Es seguro hablar ahora?
app-safe-body = Solo tú puedes saberlo. Puede ayudar pensar en esto:
app-safe-look = ¿Podría alguien mirar esta pantalla?
app-safe-take = ¿Podría alguien quitarte el teléfono y leerlo?
app-safe-hear = ¿Te preguntaría alguien qué escribes?
app-safe-any-time = Si eso cambia, puedes salir en cualquier momento. El botón de arriba vacía la página.
app-safe-yes = Sí, ahora puedo hablar
app-safe-no = Ahora no
app-safe-unsure = No lo sé
app-later-title = Está bien
app-later-body = Tú decides cuándo. Algunas formas que pueden ser más seguras:
app-later-device = Otro teléfono u ordenador: de una amistad, en una biblioteca, en una consulta médica.
app-later-time = Otro momento. Esta página seguirá aquí.
app-later-call = Una llamada, desde un lugar donde nadie escuche.

## Pedir

app-ask-title = Pedir hablar con una persona
app-ask-level = ¿Cuándo necesitas a alguien?
app-ask-level-missing = Por favor, elige una opción. Con ella se decide a quién se responde primero.
app-level-now = Ahora
app-level-now-about = Estoy en peligro, o no puede esperar.
app-level-now-call = Si puedes llamar, es más rápido que escribir. Los números están al final de esta página.
app-level-soon = Pronto
app-level-soon-about = Hoy o en los próximos días.
app-level-talk = Quiero hablar
app-level-talk-about = Tengo una pregunta, o no sé bien qué es esto.
app-ask-text = Unas palabras para empezar
app-ask-text-about = No hace falta que escribas tu nombre. Solo { $organisation } puede abrir esto.
app-ask-text-room = { $count ->
    [one] Cabe alrededor de { $count } letra más.
   *[other] Caben alrededor de { $count } letras más.
  }
app-ask-text-long = { $count ->
    [one] Sobra alrededor de { $count } letra.
   *[other] Sobran alrededor de { $count } letras.
  } El resto se puede decir en la conversación.
app-ask-more = Decir más, si quieres
app-ask-topics = ¿De qué se trata?
app-ask-topics-about = Hasta { $most }. Elegidas: { $count }.
app-topic-partner-violence = Mi pareja, o alguien de mi familia, me hace daño o me controla
app-topic-labor-trafficking = Alguien me obliga a trabajar
app-topic-sex-trafficking = Alguien me obliga a tener sexo, o me vende
app-topic-debt-bondage = Me dicen que tengo que trabajar para pagar una deuda
app-topic-docs-confiscated = Alguien tiene mis documentos
app-topic-job-offer-check = Me ofrecieron un trabajo y quiero saber si es de verdad
app-topic-stalking-monitoring = Alguien me sigue o me vigila
app-topic-image-abuse = Alguien tiene imágenes mías, o las enseña
app-topic-impersonation = Alguien se hace pasar por mí
app-topic-device-safety = Puede que vigilen mi teléfono o mis cuentas
app-topic-need-shelter = Necesito un lugar donde quedarme
app-topic-need-legal = Necesito un abogado o una abogada, o tengo una pregunta legal
app-topic-need-medical = Necesito atención médica
app-topic-need-counselling = Necesito a alguien con quien hablar más tiempo
app-topic-need-money = Necesito dinero o comida
app-topic-need-transport = Necesito cómo llegar a un lugar
app-topic-peer-support = Quiero hablar con alguien que haya pasado por esto
app-ask-country = ¿Dónde estás?
app-ask-country-about = Para saber qué ayuda hay cerca. No la ciudad, solo el país o el estado.
app-ask-country-none = Prefiero no decirlo
app-ask-state = Estado o territorio
app-ask-language = ¿En qué idioma quieres escribir?
app-ask-language-other = { $organisation } no indica este idioma. Puede que necesiten más tiempo.
app-ask-next = Qué pasa después
app-ask-next-sealed = Tus palabras se cierran en este aparato y solo { $organisation } puede abrirlas.
app-ask-next-clear = Cuándo, de qué se trata, dónde y el idioma no van cerrados: con eso se ordenan las peticiones. No dicen quién eres.
app-ask-next-joins = Entra alguien, y ves su nombre antes de escribir más.
app-ask-next-stop = Puedes parar cuando quieras.
app-ask-send = Pedir hablar con una persona

## Esperar

app-wait-title = Esperando a una persona
app-wait-title-refused = No se pudo enviar
app-wait-sending = Cerrando y enviando tu petición.
app-wait-ahead = { $ahead ->
    [0] Eres la siguiente persona.
    [one] Hay { $ahead } persona antes.
   *[other] Hay { $ahead } personas antes.
  }
app-wait-on-shift-about = Hay alguien. No sabemos cuánto duran las conversaciones anteriores. Puede que se responda antes a quien está en peligro.
app-wait-off-shift = Ahora no hay nadie.
app-wait-off-shift-about = Tu petición espera, cerrada, hasta 72 horas. La verán cuando vuelvan. No sabemos cuándo será.
app-wait-claimed = Alguien ha tomado tu petición.
app-wait-joining = Se está creando la conexión segura.
app-wait-rejoining = Has vuelto. Para dejarte entrar con claves nuevas, la persona que habla contigo tiene que estar ante su pantalla. No sabemos cuándo será.
app-wait-reopened = Se perdió la conexión de la otra persona, así que tu petición vuelve a esperar. No ha sido por ti.
app-wait-unreachable = Ahora no hay conexión. Esta página lo intenta otra vez por sí sola, y conservas tu lugar.
app-wait-stranger = En lugar de alguien de la organización, iba a entrar alguien por quien ella no responde. Se rechazó, y no se le envió nada.
app-wait-stranger-do = Puedes empezar de nuevo con claves nuevas, retirar tu petición o usar un número de abajo.
app-wait-said = Lo que se dijo hasta ahora
app-wait-meanwhile = Mientras esperas
app-wait-open = Deja esta página abierta. Si se cierra o se vuelve a cargar, solo las palabras para volver te traen aquí.
app-wait-leave = Puedes salir en cualquier momento. Salir no retira la petición.
app-wait-breathe = Si quieres: apoya los dos pies en el suelo y suelta el aire despacio.
app-withdraw-title = Retirar mi petición
app-withdraw-body = La petición y tus palabras se borran en el servidor. Nadie la responderá. Puedes volver a pedir cuando quieras.
app-withdraw-act = Retirarla
app-withdraw-stay = Seguir esperando

## Palabras para volver

app-words-title = Palabras para volver
app-words-look = Sobre las palabras para volver
app-words-offer = Seis palabras pueden traerte de vuelta a este lugar, desde este aparato u otro, si la página se cierra. No es obligatorio tenerlas.
app-words-anyone = Quien tenga las palabras puede volver en tu lugar y escribir como si fueras tú.
app-words-where = Apréndelas, o escríbelas donde nadie mire: entre otras palabras, en una lista de la compra.
app-words-once = Se muestran una sola vez.
app-words-life = Sirven durante 7 días. Con ellas no vuelven los mensajes anteriores, solo la conversación.
app-words-show = Mostrarme seis palabras
app-words-without = Sigo sin ellas
app-words-here = Ya hay alguien aquí para ti. Espera mientras anotas estas palabras.
app-words-these = Estas son tus palabras, en este orden.
app-words-accents = No importan las mayúsculas ni los acentos. Bastan las cuatro primeras letras de cada palabra.
app-words-have = Ya las tengo
app-words-busy = Un momento. Puede tardar unos segundos.
app-words-kept = Tus palabras para volver ya sirven. No se muestran más.
app-back-title = Volver a donde estabas
app-back-words = Tus seis palabras
app-back-words-about = En su orden. No importan las mayúsculas, los acentos ni los espacios.
app-back-unknown = { $count ->
    [0] «{ $word }» no está en nuestras listas. Quizá cambie una letra.
   *[other] «{ $word }» y { $count } más no están en nuestras listas. Quizá cambie una letra.
  }
app-back-count = { $count ->
    [one] Es { $count } palabra. Hacen falta seis.
   *[other] Son { $count } palabras. Hacen falta seis.
  }
app-back-open = Abrir
app-back-busy = Abriendo. Puede tardar unos segundos.
app-back-forgot = Sin las palabras nadie puede recuperar ese lugar, tampoco nosotros. Puedes volver a pedir y decir que ya pediste antes.
app-back-new = Mejor pedir hablar con una persona

## La conversación

app-talk-title = La conversación
app-talk-more = Más
app-talk-log = Mensajes
app-talk-empty = Todavía no se ha dicho nada. Puedes empezar, o esperar a la otra persona.
app-talk-newest = Al mensaje más nuevo
app-talk-over = Esta conversación terminó. Lo que todavía ves aquí está solo en esta pantalla.
app-talk-finish = Borrar y seguir
app-compose-label = Escribe un mensaje
app-compose-send = Enviar
app-compose-once = Se puede leer una sola vez
app-compose-long = { $count ->
    [one] Sobra { $count } letra.
   *[other] Sobran { $count } letras.
  } Se puede enviar en dos partes.
app-connection-connecting = Conectando.
app-connection-offline = Ahora no hay conexión. Lo que escribes espera aquí y sale por sí solo.
app-connection-joining = Esperando a que la otra parte te deje entrar con claves nuevas. Lo que escribes espera aquí.
app-connection-broken = Ahora no se envía nada.
app-connection-broken-about = Hay algo en lo que no se puede confiar: mira abajo. Puedes empezar de nuevo con claves nuevas, salir, o usar un número en «Más».
app-connection-rejoin = Empezar de nuevo con claves nuevas
app-message-sending = Enviando
app-message-stored = Guardado por el servidor
app-message-seen = En su pantalla
app-message-not-confirmed = Sin confirmar
app-message-refused = No se envió
app-message-again = Escribirlo otra vez
app-message-gone = Desaparece en { $span }
app-once-waits = Un mensaje que se puede leer una sola vez.
app-once-open = Abrirlo
app-once-close = Cerrar: entonces desaparece
app-once-mine = Una vez

## Lo que pasó

app-notice-care = Puedes parar aquí, o preguntar por teléfono. Los números están en «Más».
app-notice-joined = { $who ->
    [me] Has entrado.
    [staff] Ha entrado { $name }.
   *[unnamed] Ha entrado alguien.
  }
app-notice-left = { $who ->
    [me] Has salido.
    [staff] { $name } ha salido y no puede leer lo que se escriba desde ahora.
   *[unnamed] Alguien ha salido y no puede leer lo que se escriba desde ahora.
  }
app-notice-rejoined = { $who ->
    [me] Has vuelto, con claves nuevas.
    [staff] { $name } ha vuelto, con claves nuevas.
   *[unnamed] Alguien ha vuelto, con claves nuevas.
  }
app-notice-missing-expired = { $count ->
    [one] { $count } mensaje
   *[other] { $count } mensajes
  } de { $who ->
    [staff] { $name }
   *[unnamed] la otra parte
  } { $count ->
    [one] esperó demasiado y se borró
   *[other] esperaron demasiado y se borraron
  } antes de llegarte.
app-notice-missing-burned = { $count ->
    [one] Alguien de la conversación borró { $count } mensaje
   *[other] Alguien de la conversación borró { $count } mensajes
  } antes de que te llegara.
app-notice-missing-withheld = { $count ->
    [one] No te llegó { $count } mensaje
   *[other] No te llegaron { $count } mensajes
  } de { $who ->
    [staff] { $name }
   *[unnamed] la otra parte
  }. Alguien en el camino lo retuvo o lo borró antes de tiempo.
app-notice-unreadable = Llegó algo que nadie de aquí escribió así. No se abrió.
app-notice-order-skipped = El servidor dejó algo fuera de la conversación.
app-notice-order-repeated = El servidor envió algo por segunda vez. No se mostró de nuevo.
app-notice-order-rolled-back = El servidor muestra un estado de la conversación más antiguo que antes.
app-notice-not-confirmed = Nadie ha abierto todavía tu último mensaje. Puede que no estén, o que alguien lo retenga. No podemos saber cuál de las dos cosas.
app-notice-timer = { $who ->
    [me] Has puesto que los mensajes desaparezcan después de { $span }.
    [staff] { $name } ha puesto que los mensajes desaparezcan después de { $span }.
   *[unnamed] Ahora los mensajes desaparecen después de { $span }.
  }
app-notice-burned = { $who ->
    [me] Has borrado todo lo anterior a esta línea, en las dos pantallas.
    [staff] { $name } ha borrado todo lo anterior a esta línea, en las dos pantallas.
   *[unnamed] Se borró todo lo anterior a esta línea, en las dos pantallas.
  }
app-notice-closed = { $who ->
    [me] Has terminado la conversación.
    [staff] { $name } ha terminado la conversación.
   *[unnamed] La conversación terminó.
  }
app-notice-newer-list = La otra parte conoce cambios más nuevos sobre quién puede responder que los que recibió esta página. Puede que alguien los retenga.
app-notice-untrusted = La organización ya no responde por alguien de esta conversación. No se le envía nada más.
app-notice-untrusted-stale = Esta página no pudo saber por quién responde todavía la organización. No se envía nada hasta que pueda.
app-notice-change-stranger = Iba a entrar alguien por quien la organización no responde. Se rechazó, y no se envía nada más.
app-notice-change-unreadable = No se pudo leer un cambio de la conversación. No se envía nada hasta que empiece de nuevo con claves nuevas.
app-notice-restarted = La conversación empezó de nuevo con claves nuevas.
app-notice-ended = La conversación terminó.
app-notice-removed = Te sacaron de la conversación.
app-notice-not-kept = El lugar en este aparato no admite nada más. Hasta que se resuelva, no se envía ni se lee nada.
app-notice-not-kept-do = En «Más» puedes dejar de guardar en este aparato. La conversación sigue entonces solo en esta página.

## Junto a la conversación

app-panel-back = A la conversación
app-panel-more = Más
app-panel-timer = Cuándo desaparecen los mensajes
app-panel-people = Quién está aquí
app-panel-people-about = Nombres, hasta cuándo responden por cada persona, números para comparar
app-panel-words = Palabras para volver
app-panel-words-about = Seis palabras, por si se cierra esta página
app-panel-keep = Guardar en este aparato
app-panel-keep-about = Cerrado con una frase tuya
app-panel-numbers = Números para llamar o escribir
app-panel-numbers-about = Personas al teléfono
app-panel-burn = Borrar lo que se dijo
app-panel-burn-about = En las dos pantallas y en el servidor
app-panel-end = Terminar la conversación
app-panel-end-about = Para ambas partes
app-timer-now = Los mensajes desaparecen después de { $span }. Cambiarlo
app-timer-choice = Después de { $span }
app-timer-about = Cuenta desde que se lee el mensaje. Para quien lo escribió, desde que se envía.
app-timer-both = Ambas partes ven cuándo cambia. Vale para los mensajes desde ahora.
app-timer-limit = No puede deshacer una foto de la pantalla, ni lo que alguien recuerde.
app-people-me = Tú
app-people-me-about = Sin nombre. Las demás personas ven que eres quien pidió ayuda.
app-people-advocate = Responde por { $organisation }
app-people-supervisor = Dirige el equipo de { $organisation }
app-people-until = La organización responde por esta persona hasta el { $until }
app-people-unnamed = Alguien sin nombre
app-people-none = Todavía nadie.
app-people-number = Números para comparar
app-people-number-about = Si pueden hablar de otra manera, léanse estos números. Si son iguales, no hay nadie en medio.
app-people-keys = Claves de { $organisation }
app-keep-about = Para que puedas cerrar esta página y seguir después, la conversación se puede guardar en este aparato: cerrada, en un archivo que siempre tiene el mismo tamaño.
app-keep-found = Quien busque bien en este aparato puede ver que hay algo guardado, no lo que dice.
app-keep-phrase-lost = Sin la frase no se puede volver a abrir, tampoco tú.
app-keep-forced = Alguien podría obligarte a decir la frase.
app-keep-copied = Con una copia del archivo se pueden probar muchas frases. Por eso la tuya necesita cinco palabras o más.
app-keep-words-instead = Si tienes dudas, las palabras para volver no guardan nada en este aparato.
app-keep-phrase = Una frase de cinco palabras o más
app-keep-phrase-about = Lo mejor son palabras que no tengan que ver entre sí. No un dicho, una canción, ni algo que la gente sepa de ti.
app-keep-repeat = La misma frase otra vez
app-keep-different = Todavía no son iguales.
app-keep-act = Guardarla aquí
app-keep-not = No guardar nada
app-keep-kept = Esta conversación está guardada en este aparato, cerrada.
app-keep-failed = El lugar en este aparato no admite nada más. Puedes dejar de guardarla y seguir solo en esta página.
app-keep-stop-body = Si dejas de guardarla, lo guardado se sobrescribe y se quita. La conversación sigue mientras esta página esté abierta.
app-keep-stop = Dejar de guardarla y borrar
app-keep-go-on = Seguir guardándola
app-kept-open-title = Guardé una conversación en este aparato
app-kept-open-about = Se abre con tu frase. No importan las mayúsculas, los acentos ni los espacios.
app-kept-phrase = Tu frase
app-kept-erase-title = Borrar lo que está guardado aquí
app-kept-erase-body = Lo que está guardado en este aparato se sobrescribe y se quita. No hace falta la frase, y no se puede deshacer.
app-kept-erase-act = Borrarlo
app-kept-erase-stay = Dejarlo
app-kept-erased = Se sobrescribió y se quitó.
app-burn-body = Todos los mensajes hasta ahora desaparecen de las dos pantallas y del servidor. Tus primeras palabras también desaparecen de las pantallas; selladas, quedan en el servidor hasta que termine la solicitud. La conversación sigue. Lo que alguien fotografió o recuerda se queda.
app-burn-act = Borrar lo que se dijo
app-burn-stay = Dejarlo
app-end-body = La conversación termina para ambas partes. Puedes volver a pedir después, y quizá hables con otra persona.
app-end-act = Terminarla
app-end-stay = Seguir hablando

## El final

app-ended-withdrawn-title = Retirada
app-ended-withdrawn-body = Tu petición se borró en el servidor.
app-ended-closed-title = La conversación terminó
app-ended-closed-body = Está cerrada para ambas partes.
app-ended-gone-title = Esta petición terminó
app-ended-gone-body = El servidor ya no la tiene: pasó su tiempo, o alguien la cerró.
app-ended-erased = No queda nada de ella en esta página. Puedes volver cuando quieras.
app-ended-again = Pedir otra vez hablar con una persona

## Lo que no funcionó

app-refusal-unexpected = Algo no funcionó y no sabemos por qué. Puedes intentarlo otra vez o usar un número.
app-refusal-net-unreachable = Ahora no hay conexión con el servidor. Puedes intentarlo otra vez o usar un número.
app-refusal-request-slow-down = Se intentó demasiadas veces. Espera unos minutos, por favor; para las palabras para volver, una hora.
app-refusal-request-try-later = El servidor tiene ahora demasiado trabajo. Inténtalo otra vez en unos minutos, por favor.
app-refusal-hotline-queue-full = Ahora esperan aquí demasiadas personas. Puede ser más rápido un número.
app-refusal-hotline-intake-key-stale = La clave de hoy cambió mientras tanto. Inténtalo otra vez, por favor.
app-refusal-hotline-unknown-seat = El servidor nombra una conversación que esta página nunca pidió. Por favor, no escribas aquí ahora. Es más seguro un número.
app-refusal-trust-root = Estas no son las claves que debería tener esta organización. Por favor, no escribas aquí ahora. Es más seguro un número.
app-refusal-trust-list-stale = La lista de quién puede responder por la organización es demasiado antigua para fiarse. Usa un número, por favor, o vuelve más tarde.
app-refusal-trust-list-older = El servidor muestra una lista de quién puede responder más antigua que antes. Por favor, no escribas aquí ahora. Es más seguro un número.
app-refusal-trust-revoked = Ya no se confía en alguien de la cadena que responde por esta organización. Usa un número, por favor, o vuelve más tarde.
app-refusal-trust-time = Las claves de la organización han vencido o todavía no valen. Usa un número, por favor, o vuelve más tarde.
app-refusal-trust-no-intake = Hoy nadie de esta organización ha preparado la recepción de peticiones. Usa un número, por favor, o vuelve más tarde.
app-refusal-trust-broken = Las claves de esta organización no encajan entre sí. Por favor, no escribas aquí ahora. Es más seguro un número.
app-refusal-clock-off = La hora de este aparato y la del servidor no coinciden, así que no se pueden comprobar las claves. Si la hora o la fecha de este aparato está mal, ajústala e inténtalo otra vez.
app-refusal-place-none = Nada corresponde a estas palabras. Quizá una palabra sea otra, o hayan pasado los 7 días.
app-refusal-place-other = Hay algo, pero no se puede abrir. Puede estar dañado o ser de otra versión de esta página.
app-refusal-kept-none = No hay nada guardado en este aparato.
app-refusal-kept-wrong-phrase = Esta frase no lo abre. Quizá una palabra sea otra.
app-refusal-kept-short-phrase = Usa cinco palabras distintas o más, por favor.
app-refusal-kept-already = Ya hay una conversación guardada en este aparato. Primero hay que abrirla o borrarla, en «Tengo palabras para volver», en la primera página.
app-refusal-kept-elsewhere = Está abierta en otra pestaña de este navegador. Cierra primero esa, por favor.
app-refusal-kept-storage = Este navegador no deja que la página guarde nada, o no queda espacio. En una ventana privada es normal.
app-refusal-kept-memory = Este aparato tiene poca memoria libre para eso. Cerrar otras páginas puede ayudar.

## Estados y territorios de Estados Unidos

app-state-AL = Alabama
app-state-AK = Alaska
app-state-AZ = Arizona
app-state-AR = Arkansas
app-state-CA = California
app-state-CO = Colorado
app-state-CT = Connecticut
app-state-DE = Delaware
app-state-DC = Distrito de Columbia
app-state-FL = Florida
app-state-GA = Georgia
app-state-GU = Guam
app-state-HI = Hawái
app-state-ID = Idaho
app-state-IL = Illinois
app-state-IN = Indiana
app-state-IA = Iowa
app-state-KS = Kansas
app-state-KY = Kentucky
app-state-LA = Luisiana
app-state-ME = Maine
app-state-MD = Maryland
app-state-MA = Massachusetts
app-state-MI = Míchigan
app-state-MN = Minnesota
app-state-MS = Misisipi
app-state-MO = Misuri
app-state-MT = Montana
app-state-NE = Nebraska
app-state-NV = Nevada
app-state-NH = Nuevo Hampshire
app-state-NJ = Nueva Jersey
app-state-NM = Nuevo México
app-state-NY = Nueva York
app-state-NC = Carolina del Norte
app-state-ND = Dakota del Norte
app-state-OH = Ohio
app-state-OK = Oklahoma
app-state-OR = Oregón
app-state-PA = Pensilvania
app-state-PR = Puerto Rico
app-state-RI = Rhode Island
app-state-SC = Carolina del Sur
app-state-SD = Dakota del Sur
app-state-TN = Tennessee
app-state-TX = Texas
app-state-UT = Utah
app-state-VT = Vermont
app-state-VA = Virginia
app-state-VI = Islas Vírgenes de EE. UU.
app-state-WA = Washington
app-state-WV = Virginia Occidental
app-state-WI = Wisconsin
app-state-WY = Wyoming
`;export{e as default};