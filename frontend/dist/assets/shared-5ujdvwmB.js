var e=`# Textos que comparten la aplicación y la consola.

## Salir

exit-leave = Salir ya
exit-more = { $presses ->
    [one] Pulsa Mayúsculas una vez más para salir.
   *[other] Pulsa Mayúsculas { $presses } veces más para salir.
  }
exit-over = La salida con Mayúsculas volvió a empezar.

## Palabras breves

cancel = Cancelar
close = Cerrar
back = Volver
continue = Continuar
optional = opcional
languages = Idioma
`;export{e as default};