# Lo que dice el servidor cuando rechaza algo: un mensaje por cada código, con «.» y «_» escritos como «-».

## Cualquier cosa

refusal-request-invalid = No se pudo leer. No se cambió nada.
refusal-request-not-found = Aquí no hay nada, o ya terminó.
refusal-request-forbidden = Esto no vino de nuestra propia página. Vuelve a abrir la página.
refusal-request-too-large = Es demasiado grande para enviarlo. No se cambió nada.
refusal-request-slow-down = Han sido muchas veces en poco tiempo. Espera un poco y vuelve a intentarlo.
refusal-request-try-later = Ahora mismo no funciona. No se perdió nada. Inténtalo otra vez dentro de un momento.
refusal-request-unexpected = Algo falló aquí, y no es culpa tuya. Inténtalo otra vez.

## Pedir hablar con una persona

refusal-hotline-already-claimed = Otra persona del equipo ya está respondiendo.
refusal-hotline-not-waiting = Ya hay alguien respondiendo, así que esto ya no se puede cambiar.
refusal-hotline-wrong-state = Esto no es posible en este momento.
refusal-hotline-id-taken = No se pudo enviar con este nombre. Empieza de nuevo.
refusal-hotline-intake-key-stale = La organización cambió su clave mientras tanto. Envíalo otra vez.
refusal-hotline-device-not-certified = Este navegador no está certificado en este momento. Una persona supervisora puede certificarlo.
refusal-hotline-queue-full = Ahora mismo espera mucha gente y no se pudo añadir. Los números para llamar siguen funcionando.

## Una conversación

refusal-relay-malformed = No se pudo leer. No se cambió nada.
refusal-relay-unknown-version = Esta página es más antigua o más nueva que el servidor. Vuelve a abrirla.
refusal-relay-unknown-frame = Esta página es más antigua o más nueva que el servidor. Vuelve a abrirla.
refusal-relay-no-seat = Aquí no hay ninguna conversación, o ya terminó.
refusal-relay-stale-epoch = Algo cambió en la conversación. Primero se lee y luego se envía otra vez.
refusal-relay-too-large = Es demasiado largo para enviarlo. Puedes enviarlo por partes.
refusal-relay-bad-padding = No se pudo leer. No se cambió nada.
refusal-relay-bad-expiry = Ese tiempo es demasiado corto o demasiado largo. Puede ser de 5 minutos a 7 días.
refusal-relay-bad-cursor = No se pudo leer. No se cambió nada.
refusal-relay-client-id-reused = Ya se envió otra cosa con este nombre. No se cambió nada.
refusal-relay-not-allowed = Esto no es posible desde aquí.
refusal-relay-quota-seat = Hay muchos mensajes sin leer. Podrás enviar más cuando se lean.
refusal-relay-quota-conversation = La conversación está llena hasta que se lean mensajes o se acabe su tiempo.
refusal-relay-too-many-seats = No puede entrar nadie más en esta conversación.
refusal-relay-slot-stale = Ya se había guardado uno más nuevo.
refusal-relay-busy = Ahora mismo hay mucho movimiento. Se envía otra vez dentro de un momento.
refusal-relay-storage = Ahora mismo no se pudo guardar. Se envía otra vez dentro de un momento.

## Equipo

refusal-staff-login-required = La sesión terminó. Vuelve a entrar.
refusal-staff-login-failed = No coincide. Revisa el nombre, la contraseña y el código.
refusal-staff-invitation-invalid = Este enlace ya se usó o es demasiado antiguo. Tu organización puede darte otro.
refusal-staff-password-weak = Esta contraseña es fácil de adivinar. Elige una de 12 caracteres o más que no se parezca a tu nombre.
refusal-staff-code-wrong = Los seis números no coinciden. Usa los más recientes y comprueba que el reloj del teléfono va bien.
refusal-staff-passkey-refused = No se pudo guardar esta llave de acceso. Puedes intentarlo otra vez o seguir sin ella.
refusal-staff-request-mismatch = Esto no encaja con lo que se pidió. No se cambió nada.
refusal-staff-certificate-not-newer = Este dispositivo ya tiene un certificado más nuevo.
refusal-staff-list-not-newer = Mientras tanto, alguien hizo una lista de revocación más nueva. Vuelve a mirar.
refusal-staff-list-incomplete = En esta lista de revocación falta alguien que estaba en la anterior. No se cambió nada.
refusal-staff-mark-stale = Mientras tanto se revocó a alguien. La clave se hace de nuevo.
refusal-staff-key-id-taken = Otra clave tiene este nombre. La clave se hace de nuevo.
refusal-staff-already-there = Ya hay algo con ese nombre.

## La cadena de confianza

refusal-trust-refused = No se pudo verificar, así que no se usa.
refusal-trust-malformed = No es una declaración firmada de la clase que se esperaba, así que no se usa.
refusal-trust-key = Esta clave no prueba nada, así que no se usa.
refusal-trust-signature = La firma no coincide, así que no se usa.
refusal-trust-organisation = Habla en nombre de otra organización, así que no se usa.
refusal-trust-issuer = Nadie que pueda responder por esto lo ha hecho, así que no se usa.
refusal-trust-lifetime = Pretende durar más de lo permitido, así que no se usa.
refusal-trust-time = No es válido ahora. Comprueba la fecha y la hora de este dispositivo.
refusal-trust-revoked = Este dispositivo fue revocado.
refusal-trust-list-stale = La lista de revocación ya no es válida. Una persona supervisora puede hacer otra.
refusal-trust-list-older = Esta lista de revocación es más antigua que otra ya conocida, así que no se usa.
refusal-trust-counter = Esto ya se usó antes, así que no se usa otra vez.
refusal-trust-content = Responde por otra cosa, así que no se usa.
