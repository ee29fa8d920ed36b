# Who met whom, about what: one line an edge of the graph.
(.nodes | map({(.id): (.name // .id)}) | add // {}) as $name
| .edges[]
| select(.type == "met" or .type == "called" or .type == "visited" or .type == "signed")
| [(.date // "no date"), $name[.source], .type, $name[.target], "(" + .status + ")",
   (if (.about | length) > 0 then "about " + (.about | join("; ")) else "" end), "[" + .evidence[0].document + "]"]
| join(" ")
