using GraphGateway.Language;
using GraphGateway.TypeSystem.Supergraphs;

namespace GraphGateway.Composition;

/// <summary>
/// The labels of fields that keys, requirements or arguments from contexts may name: which sources can be entered hangs on them. On which side another label is makes a difference only for the
/// fields that it moves.
/// </summary>
internal static class KeyLabels
{
    /// <summary>Found by the fields' names, whatever types have them: rather too many than too few.</summary>
    internal static HashSet<string> Of(Supergraph supergraph)
    {
        var labelled = (from type in supergraph.Types
            from field in type.Fields
            from entry in field.Sources
            where entry.Override is not null
            select (field.Field.Name, entry.Override!.Label)).Distinct().ToLookup(field => field.Name, field => field.Label, StringComparer.Ordinal);
        var labels = new HashSet<string>(StringComparer.Ordinal);
        if (labelled.Count == 0)
        {
            return labels;
        }

        var known = new HashSet<SelectionSetNode>();
        foreach (var type in supergraph.Types)
        {
            foreach (var lookup in type.Lookups)
            {
                Add(lookup.Key);
            }

            foreach (var entry in type.Fields.SelectMany(field => field.Sources))
            {
                Add(entry.Requirement?.Selection);
                foreach (var argument in entry.ContextArguments)
                {
                    Add(argument.Selection);
                }
            }
        }

        return labels;

        void Add(SelectionSetNode? selection)
        {
            if (selection is null || !known.Add(selection))
            {
                return;
            }

            foreach (var node in selection.Selections)
            {
                if (node is FieldNode field)
                {
                    labels.UnionWith(labelled[field.Name.Value]);
                    Add(field.SelectionSet);
                }
                else
                {
                    Add((node as InlineFragmentNode)?.SelectionSet);
                }
            }
        }
    }
}
