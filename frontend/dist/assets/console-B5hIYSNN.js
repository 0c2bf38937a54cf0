var e=`# La consola de las personas que atienden.

console-title = Consola
console-starting = Un momento.
console-again = Intentar de nuevo
console-unreachable-title = El servidor no responde
console-unreachable-body = Puede que no tengas conexión o que el servidor se esté reiniciando. No se ha perdido nada.
console-language = Idioma
console-language-en = English
console-language-es = Español

## Entrar

console-login-title = Entrar
console-login-passkey = Entrar con una clave de acceso
console-login-or = o con tu contraseña
console-login-username = Nombre para entrar
console-login-password = Contraseña
console-login-totp = Seis cifras de tu aplicación de autenticación
console-login-totp-hint = Cambian cada medio minuto.
console-login-submit = Entrar
console-login-busy = Un momento
console-logout = Cerrar sesión
console-logout-title = ¿Cerrar la sesión?
console-logout-talking = { $count ->
    [one] Hay una conversación abierta. Si cierras la sesión, esa persona esperará a otra compañera o compañero.
   *[other] Hay { $count } conversaciones abiertas. Si cierras la sesión, esas personas esperarán a otra compañera o compañero.
  }
console-expired-title = Entra otra vez, por favor
console-expired-body = Tu sesión terminó. Tus conversaciones siguen aquí y continúan cuando entres.
console-expired-leave = Cerrar todo y salir
console-stranger-title = Entró otra persona
console-stranger-body = Las conversaciones de debajo son de otra persona. Se van a cerrar.

## Preparar una cuenta

console-setup-title = Prepara tu cuenta
console-setup-why = Este enlace funciona una sola vez. Primero elige una contraseña y después conecta una aplicación de autenticación.
console-setup-password = Contraseña
console-setup-password-hint = Al menos { $least } caracteres. Unas cuantas palabras seguidas son fáciles de recordar y difíciles de adivinar.
console-setup-again = La misma contraseña otra vez
console-setup-unlike = Las dos contraseñas son distintas.
console-setup-have = Ya tengo una cuenta
console-setup-totp-title = Conecta una aplicación de autenticación
console-setup-totp-how = Escribe esta clave en tu aplicación de autenticación y después las seis cifras que muestra. Nadie te volverá a enseñar esta clave.
console-setup-totp-open = Abrir en una aplicación de autenticación de este dispositivo
console-setup-totp-submit = Terminar
console-setup-passkey-title = Añade una clave de acceso
console-setup-passkey-why = Con una clave de acceso entras con la huella, la cara o el PIN de tu dispositivo. Una copia falsa de esta página no puede robarla.
console-setup-passkey-later = Ahora no
console-passkey-title = Clave de acceso
console-passkey-why = Con una clave de acceso entras como { $username } con la huella, la cara o el PIN de tu dispositivo. Una copia falsa de esta página no puede robarla.
console-passkey-add = Añadir una clave de acceso
console-passkey-made = La clave de acceso está lista.

## Arriba en cada página

console-way-out = Salida
console-pages = Páginas
console-page-desk = Mesa
console-page-device = Este navegador
console-page-devices = Navegadores del equipo
console-shift-on = De turno
console-shift-off = Sin turno
console-role-advocate = atención
console-role-supervisor = supervisión
console-role-signing = dispositivo que firma

## Lo que pide atención

console-standing-go = Ir a «{ $page }»
console-standing-none = Este navegador todavía no puede atender a nadie. Primero hay que prepararlo.
console-standing-requested = Este navegador espera a que supervisión lo certifique.
console-standing-ending = El certificado de este navegador termina el { $until }. Pide a supervisión que lo renueve.
console-standing-ended = El certificado de este navegador terminó. Pide a supervisión que lo renueve.
console-standing-revoked = Este navegador fue revocado. No puede atender a nadie.
console-standing-untrusted = Ahora no se puede atender a nadie. { $reason }
console-standing-signing-ending = El certificado de tu dispositivo que firma termina el { $until }. Haz que la clave raíz lo renueve.
console-standing-list-ending = La lista de revocación termina el { $until }. Antes, alguien de supervisión con un dispositivo que firma tiene que abrir la consola.
console-standing-keys-coming = Las consolas del equipo están pasando las claves de lo que escribieron las personas. Tarda un minuto, más o menos.
console-standing-keys-missing = Este navegador no puede abrir todo lo que las personas escribieron antes de que fuera certificado. La consola de alguien del equipo pasa las claves cuando está abierta.
console-standing-team-ending = { $count ->
    [one] Un navegador del equipo necesita renovarse en dos días.
   *[other] { $count } navegadores del equipo necesitan renovarse en dos días.
  }
console-standing-clock = { $minutes ->
    [one] El reloj de este ordenador está un minuto desviado. Ajústalo, por favor: los certificados dependen de él.
   *[other] El reloj de este ordenador está { $minutes } minutos desviado. Ajústalo, por favor: los certificados dependen de él.
  }
console-upkeep-refused = Todavía no se pudieron crear las claves de los próximos días. La consola lo intenta otra vez sola.

console-untrusted-no-list = La organización aún no tiene lista de revocación. La tendrá cuando supervisión prepare un dispositivo que firma.
console-untrusted-list-stale = La lista de revocación es demasiado antigua. Alguien de supervisión con un dispositivo que firma tiene que abrir la consola.
console-untrusted-list-older = El servidor mostró una lista de revocación más antigua que la anterior. Avisa a supervisión, por favor.
console-untrusted-root = El servidor muestra otra clave raíz que la que este navegador conoce. Avisa a supervisión, por favor, y no sigas.
console-untrusted-signature = Algo está firmado con la clave equivocada. Avisa a supervisión, por favor.
console-untrusted-malformed = No se pudo leer la respuesta del servidor. Avisa a supervisión, por favor.
console-untrusted-key = El servidor mostró una clave que no prueba nada. Avisa a supervisión, por favor.
console-untrusted-organisation = El servidor mostró papeles de otra organización. Avisa a supervisión, por favor.
console-untrusted-issuer = La lista de revocación la hizo un dispositivo por el que nadie responde. Avisa a supervisión, por favor.
console-untrusted-lifetime = Algo vale por más tiempo del permitido. Avisa a supervisión, por favor.
console-untrusted-time = Algo no es válido en este momento. Mira el reloj de este ordenador, por favor.
console-untrusted-revoked = La lista de revocación la hizo un dispositivo revocado. Avisa a supervisión, por favor.
console-untrusted-counter = La respuesta del servidor no encaja con lo visto antes. Avisa a supervisión, por favor.
console-untrusted-content = Algo responde por otra clave que la que vino con él. Avisa a supervisión, por favor.
console-untrusted-stranger = Hay alguien a quien no se conoce. Avisa a supervisión, por favor.

## Este navegador

console-device-title = Este navegador
console-device-keys = Claves de este navegador
console-device-is-none = Este navegador aún no tiene claves. Las crea él mismo y nunca salen de aquí.
console-device-is-requested = Las claves están creadas. Ahora supervisión tiene que certificarlas.
console-device-is-certified = Certificado hasta el { $until }.
console-device-is-ending = Certificado hasta el { $until }. Supervisión puede renovarlo en cualquier momento; no tienes que hacer nada.
console-device-is-ended = El certificado terminó. Supervisión puede renovarlo; las claves siguen siendo las mismas. Si no funciona, prepara este navegador otra vez.
console-device-is-revoked = Supervisión revocó este navegador. Para volver a trabajar con él hacen falta claves nuevas.
console-device-is-unknown = Hasta que haya una lista de revocación reciente no se puede saber si este navegador está certificado. No tienes que hacer nada.
console-device-compare = Lee estos números a supervisión, en persona o por llamada. Tiene que ver los mismos números.
console-device-enrol = Preparar este navegador
console-device-again = Preparar otra vez con claves nuevas
console-device-kept = Las claves están selladas en este perfil del navegador. Quien pueda usar tu cuenta del ordenador puede usarlas: bloquea la pantalla al irte.
console-root-title = A quién cree este navegador
console-root-none = Aquí aún no se conoce la clave raíz de la organización.
console-root-first-use = Esta es la huella de la clave raíz que el servidor mostró cuando viniste por primera vez. Compárala con la que tu organización tiene impresa.
console-root-compared = Comparaste esta huella de la clave raíz con la de tu organización.
console-root-same = Son iguales
console-list-number = Lista de revocación número { $number }, válida hasta el { $until }.

## Los navegadores del equipo

console-devices-title = Navegadores del equipo
console-requests-title = Esperan certificado
console-requests-empty = Nadie espera.
console-requests-need-signing = Para certificar o revocar, este navegador necesita ser un dispositivo que firma, con certificado.
console-request-compare = Comparar con { $name }
console-request-invalid = Esta petición no es coherente. No se puede certificar.
console-compare-title = Certificar el navegador de { $name }
console-compare-how = Habla con { $name } en persona o por llamada. Deja que lea sus números. ¿Son estos?
console-compare-unequal = Si una sola cifra es distinta, no certifiques: puede haber alguien en medio.
console-certify = Los números son iguales: certificar por 7 días
console-devices-list = Navegadores certificados
console-devices-empty = Aún no hay ninguno.
console-device-mine = tú
console-device-state-good = Válido hasta el { $until }
console-device-state-ending = Termina pronto, el { $until }
console-device-state-ended = Terminado desde el { $until }
console-device-state-revoked = Revocado
console-device-state-unbelieved = No se puede creer
console-renew = Renovar { $name }
console-renew-short = Renovar
console-revoke-short = Revocar
console-revoke = Revocar { $name }
console-revoke-what = Desde ahora ninguna consola y ninguna aplicación cree a este dispositivo. Las conversaciones en las que está se detienen. En un minuto hay claves nuevas para las notas, desde cualquier consola certificada que esté abierta. No se puede deshacer: la persona necesitaría claves nuevas.
console-revoke-now = Revocar ahora

console-signing-title = Dispositivo que firma
console-signing-why = Con un dispositivo que firma, este navegador certifica los navegadores de quienes atienden. La clave raíz de la organización responde por él, cada vez por 400 días como mucho.
console-signing-make = Crear claves para un dispositivo que firma
console-signing-good = Este navegador es un dispositivo que firma hasta el { $until }.
console-signing-take = Lleva esta petición al ordenador que guarda la clave raíz:
console-signing-compare = Allí, compara estos números antes de certificar:
console-signing-paste = Certificado que hizo la clave raíz
console-signing-save = Guardar el certificado
console-signing-others = Otros dispositivos que firman
console-signing-others-what = Quien tenga uno de estos puede certificar navegadores. Revoca el que se haya perdido: todos los que certificó necesitarán un certificado nuevo.
console-signing-name = dispositivo que firma { $id }
console-signing-until = hasta el { $until }
console-copy = Copiar
console-copied = Copiado

## La cola

console-queue-title = { $count ->
    [0] Nadie espera
    [one] Una persona espera
   *[other] { $count } personas esperan
  }
console-queue-live = Al día.
console-queue-polling = Se mira cada pocos segundos.
console-queue-unreachable = El servidor no responde. Se intenta otra vez.
console-queue-loading = Un momento.
console-queue-empty = Las peticiones nuevas aparecen aquí solas.
console-on-shift-count = { $count ->
    [0] No hay nadie de turno.
    [one] Hay una persona de turno.
   *[other] Hay { $count } personas de turno.
  }
console-level-now = No puede esperar
console-level-soon = Pronto
console-level-talk = Quiere hablar
console-wait-moment = ahora mismo
console-wait-minutes = { $count } min
console-wait-hours = { $count } h
console-wait-days = { $count } días
console-queue-full = Ya llevas tantas conversaciones como debería llevar una persona. Termina o devuelve una para atender a alguien más.
console-card-for-others = Alguien del equipo tiene que atender esta petición.
console-card-reopened = { $count ->
    [one] Volvió una vez
   *[other] Volvió { $count } veces
  }
console-claim = Atender
console-claim-named = Atender: { $name }
console-claiming = Abriendo
console-left-body = { $count ->
    [one] Atendiste a alguien cuya conversación no está abierta aquí. Si no está abierta en otra ventana, deja que vuelva a esperar.
   *[other] Atendiste a { $count } personas cuyas conversaciones no están abiertas aquí. Si no están abiertas en otra ventana, deja que vuelvan a esperar.
  }
console-left-return = Dejar que la persona { $number } espere otra vez

console-topic-sex-trafficking = trata sexual
console-topic-labor-trafficking = trabajo forzado
console-topic-job-offer-check = oferta de trabajo
console-topic-debt-bondage = deuda
console-topic-docs-confiscated = le quitaron los papeles
console-topic-image-abuse = imágenes íntimas
console-topic-stalking-monitoring = acoso, vigilancia
console-topic-impersonation = alguien se hace pasar por la persona
console-topic-partner-violence = violencia de la pareja
console-topic-need-shelter = necesita refugio
console-topic-need-legal = necesita ayuda legal
console-topic-need-medical = necesita atención médica
console-topic-need-counselling = necesita apoyo psicológico
console-topic-need-money = necesita dinero
console-topic-need-transport = necesita transporte
console-topic-device-safety = seguridad de dispositivos
console-topic-peer-support = alguien con la misma experiencia

## Conversaciones

console-talks-title = Tus conversaciones
console-place-a = Álamo
console-place-b = Bambú
console-place-c = Cedro
console-place-d = Dalia
console-place-e = Encina
console-place-f = Fresno
console-talk-unread = { $count ->
    [one] Un mensaje nuevo
   *[other] { $count } mensajes nuevos
  }
console-talk-none-title = No hay ninguna conversación abierta
console-talk-none-body = Elige «Atender» junto a alguien que espera. Cada conversación tiene un nombre y un color propios. Al terminar no se guarda nada.
console-talk-away = Quitar de aquí
console-connection-connecting = conectando
console-connection-online = conectada
console-connection-offline = sin conexión, se intenta otra vez
console-connection-joining = esperando para entrar
console-connection-broken = detenida
console-connection-ended = terminada
console-line = Conversación
console-line-new = { $count ->
    [one] Un mensaje nuevo
   *[other] { $count } mensajes nuevos
  }
console-line-end = Al más reciente
console-line-failed = Esta conversación no se puede mostrar aquí. No se envió nada. Devuélvala y avise a una supervisora.
console-note-title = Escrito mientras esperaba
console-note-empty = No escribió nada.
console-from-you = Tú
console-from-them = { $name }
console-timer = Cuánto duran los mensajes
console-stays-minutes = { $count ->
    [one] Duran un minuto
   *[other] Duran { $count } minutos
  }
console-stays-hours = { $count ->
    [one] Duran una hora
   *[other] Duran { $count } horas
  }
console-stays-days = { $count ->
    [one] Duran un día
   *[other] Duran { $count } días
  }
console-gone-seconds = desaparece en { $count } s
console-gone-minutes = desaparece en { $count } min
console-gone-hours = desaparece en { $count } h
console-gone-days = desaparece en { $count } días
console-message-sending = enviándose
console-message-stored = guardado por el servidor
console-message-seen = en su pantalla
console-message-not-confirmed = aún sin confirmar
console-message-refused = no enviado
console-once = Ver una vez
console-once-mine = ver una vez
console-once-hidden = Un mensaje para ver una sola vez.
console-once-open = Abrirlo
console-once-close = Ya lo leí
console-write-to = Escribir a { $name }
console-send = Enviar
console-send-how = Intro envía, Mayús e Intro empiezan otra línea
console-burn = Borrar todo
console-return = Devolver
console-end = Terminar
console-ask-burn-title = ¿Borrar todos los mensajes?
console-ask-burn-body = Todos los mensajes hasta ahora se van de las dos pantallas y del servidor, y de las pantallas también lo que se escribió mientras esperaba. La conversación sigue abierta.
console-ask-burn-yes = Borrar todo
console-ask-return-title = ¿Devolver esta conversación?
console-ask-return-body = La persona conserva su lugar en la cola y espera a otra compañera o compañero. Lo dicho aquí se olvida.
console-ask-return-yes = Devolver
console-ask-close-title = ¿Terminar esta conversación?
console-ask-close-body = Termina para las dos partes. Lo dicho se olvida aquí. La persona puede pedir ayuda otra vez cuando quiera.
console-ask-close-yes = Terminar
console-broken = No se envía nada: un cambio de esta conversación no se pudo creer o leer.
console-broken-again = Empezar otra vez con claves nuevas

console-notice-joined = { $staff ->
    [yes] Entró { $name }.
   *[no] Entró la persona.
  }
console-notice-left = { $staff ->
    [yes] Se fue { $name }.
   *[no] Se fue la persona.
  }
console-notice-rejoined = { $staff ->
    [yes] { $name } volvió con claves nuevas.
   *[no] La persona volvió con claves nuevas: su navegador había olvidado las anteriores. Pregunta otra vez si puede hablar sin peligro.
  }
console-notice-restarted = La conversación empezó otra vez con claves nuevas.
console-notice-missing-expired = { $count ->
    [one] Un mensaje caducó antes de llegar.
   *[other] { $count } mensajes caducaron antes de llegar.
  }
console-notice-missing-burned = { $count ->
    [one] Quien envió un mensaje lo borró.
   *[other] Quien envió { $count } mensajes los borró.
  }
console-notice-missing-withheld = { $count ->
    [one] Un mensaje nunca llegó. Puede que alguien lo retenga por el camino.
   *[other] { $count } mensajes nunca llegaron. Puede que alguien los retenga por el camino.
  }
console-notice-unreadable = Llegó algo que nadie de aquí envió así. Se dejó fuera.
console-notice-order-skipped = El servidor omitió una parte de esta conversación.
console-notice-order-repeated = El servidor repitió una parte de esta conversación. La repetición se dejó fuera.
console-notice-order-rolled-back = El servidor volvió a un estado anterior de esta conversación. Avisa a supervisión, por favor.
console-notice-not-confirmed = Un mensaje aún no se ha abierto. Puede que la persona no esté, o que alguien lo retenga.
console-notice-timer = { $mine ->
    [yes] Elegiste que los mensajes duren
   *[no] La persona eligió que los mensajes duren
  } { $unit ->
    [minutes] { $count ->
        [one] un minuto
       *[other] { $count } minutos
      }
    [hours] { $count ->
        [one] una hora
       *[other] { $count } horas
      }
   *[days] { $count ->
        [one] un día
       *[other] { $count } días
      }
  } después de leerse.
console-notice-burned = { $mine ->
    [yes] Borraste todos los mensajes.
   *[no] La persona borró todos los mensajes.
  }
console-notice-closed = { $mine ->
    [yes] Terminaste la conversación.
   *[no] La persona terminó la conversación.
  }
console-notice-newer-list = Alguien aquí conoce una lista de revocación más nueva que la que el servidor mostró a este navegador. Avisa a supervisión, por favor.
console-notice-untrusted = No se envía nada: alguien de esta conversación ya no está certificado.
console-notice-list-stale = No se envía nada: la lista de revocación es demasiado antigua. Alguien de supervisión tiene que abrir la consola.
console-notice-change-stranger = Se iba a meter a alguien sin certificar. Se rechazó y no se envía nada. Avisa a supervisión, por favor.
console-notice-change-unreadable = No se pudo leer un cambio de esta conversación. No se envía nada hasta que empiece otra vez.
console-notice-not-kept = Esta conversación no se pudo guardar en este dispositivo. No se envía nada hasta que se pueda.
console-notice-ended = La conversación terminó.
console-notice-removed = Te sacaron de esta conversación.

## Ayuda junto a la conversación

console-help-title = Ayuda
console-people-title = Quién puede leer esto
console-people-you = tú
console-people-person = La persona que pidió ayuda
console-people-until = con certificado hasta el { $until }
console-safety-number = Número de seguridad
console-safety-number-what = Si los números son iguales en los dos lados, no hay nadie en medio.
console-replies-title = Respuestas preparadas
console-replies-none = Aparecen cuando hay una conversación abierta.
console-replies-how = Al elegir una, pasa a tu mensaje en el idioma de la persona. Puedes cambiarla antes de enviarla.
console-self-title = Cuídate
console-self-body = Lo que lees aquí puede pesar. Descansa entre conversaciones y habla con alguien del equipo después de una difícil.

console-reply-safe = Hola, estoy aquí para ti. ¿Puedes hablar ahora sin peligro? Puedes irte en cualquier momento y volver después.
console-reply-safe-name = ¿Puede hablar sin peligro?
console-reply-who = Tengo formación para ayudar. Solo las personas que ves en tu pantalla pueden leer lo que escribimos.
console-reply-who-name = Quién lee esto
console-reply-choice = Tú decides qué me cuentas y qué pasa después. Podemos parar en cualquier momento.
console-reply-choice-name = Tú decides
console-reply-listening = Tómate tu tiempo. Estoy aquí y te leo.
console-reply-listening-name = Estoy aquí
console-reply-fault = Lo que te hicieron no es culpa tuya.
console-reply-fault-name = No es tu culpa
console-reply-interrupted = Si alguien se acerca, pulsa «Salir ya». Si quieres, apunta antes tus palabras de regreso, para que podamos seguir después.
console-reply-interrupted-name = Si alguien viene
console-reply-danger = Si estás en peligro ahora mismo, el número de emergencias es la ayuda más rápida. ¿Podrías llamar sin peligro?
console-reply-danger-name = En peligro ahora
console-reply-moment = Necesito unos minutos para buscar algo. Sigo aquí.
console-reply-moment-name = Un momento
console-reply-wrong = Creo que esto era para otra persona. No pasa nada. Voy a terminar nuestra conversación.
console-reply-wrong-name = Se equivocó de número
console-reply-end = Podemos parar aquí. Puedes volver cuando quieras.
console-reply-end-name = Terminar

## El teclado

console-sheet-title = Teclado
console-sheet-note = Intro envía un mensaje. Escape cierra una ventana como esta. Pulsar Mayús tres veces sale al momento: úsalo si viene alguien que no debe ver esto.
console-act-sheet = Mostrar esta lista
console-act-shift = Empezar o terminar tu turno
console-act-pane-queue = A la cola
console-act-pane-talk = A la conversación
console-act-pane-help = A la ayuda
console-act-next-talk = Conversación siguiente
console-act-previous-talk = Conversación anterior
console-act-claim-first = Atender a la primera persona
console-act-page-desk = Mesa
console-act-page-device = Este navegador
console-act-page-devices = Navegadores del equipo

## Cuando algo no ocurre

console-refusal-net-unreachable = El servidor no responde. No se cambió nada. Inténtalo otra vez, por favor.
console-refusal-staff-login-failed = No funcionó. Revisa el nombre, la contraseña y las seis cifras, por favor.
console-refusal-staff-login-required = Entra otra vez, por favor.
console-refusal-staff-invitation-invalid = Este enlace ya se usó o es demasiado antiguo. Pide uno nuevo, por favor.
console-refusal-staff-password-weak = Esta contraseña es demasiado fácil de adivinar. Elige una más larga, por favor.
console-refusal-staff-code-wrong = Las seis cifras no coinciden. Espera a las siguientes e inténtalo otra vez, por favor.
console-refusal-staff-passkey-refused = No se pudo añadir esta clave de acceso. Inténtalo otra vez, por favor.
console-refusal-staff-list-not-newer = Alguien del equipo hizo a la vez una lista de revocación más nueva. Inténtalo otra vez, por favor.
console-refusal-staff-request-mismatch = El servidor no lo acepta: no encaja con la petición a la que pertenece.
console-refusal-staff-certificate-not-newer = Ya hay un certificado más nuevo.
console-refusal-request-slow-down = Demasiados intentos. Espera un minuto, por favor.
console-refusal-request-not-found = Esto ya no está, o no te corresponde hacerlo.
console-refusal-request-invalid = El servidor no lo entendió. Inténtalo otra vez, por favor.
console-refusal-request-try-later = El servidor está ocupado. Inténtalo dentro de un momento, por favor.
console-refusal-hotline-already-claimed = Alguien del equipo llegó antes. Ya atienden a la persona.
console-refusal-hotline-note-mismatch = Lo que escribió la persona no encaja con lo que entregó el servidor, así que no se abrió y la persona espera otra vez. Avisa a supervisión, por favor.
console-refusal-hotline-device-not-certified = El servidor no conoce este navegador como certificado. Abre «Este navegador», por favor.
console-refusal-hotline-wrong-state = Esta petición ha cambiado mientras tanto.
console-refusal-console-no-intake-key = Este navegador aún no puede abrir lo que escribió la persona. La consola de alguien del equipo le pasa la clave cuando está abierta. La persona espera otra vez.
console-refusal-console-not-opened = No se pudo abrir la conversación. La persona espera otra vez.
console-refusal-no-signing-device = Este navegador no es ahora un dispositivo que firma.
console-refusal-wrong-certificate = Este certificado no es para el dispositivo que firma de este navegador.
console-refusal-wrong-root = Este certificado lo hizo otra clave raíz que la que este navegador cree.
console-refusal-revoked = Este dispositivo fue revocado. Necesita claves nuevas.
console-refusal-untrusted = Lo que mostró el servidor no es coherente. Avisa a supervisión, por favor.
console-refusal-storage = Este navegador no guarda nada, quizá porque es una ventana privada. Aquí no se pueden guardar claves.
console-refusal-unexpected = No funcionó. Inténtalo otra vez, por favor.
`;export{e as default};