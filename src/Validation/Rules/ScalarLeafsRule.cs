using GraphGateway.Language;

namespace GraphGateway.Validation;

/// <summary>
/// Scalars and enums have no selection, all other types need one
/// (<see href="https://spec.graphql.org/September2025/#sec-Leaf-Field-Selections">Spec §5.3.3</see>).
/// </summary>
internal sealed class ScalarLeafsRule(ValidationContext context) : ValidationRule(context)
{
    public override void EnterField(FieldNode node)
    {
        if (Types.Type is not { } type)
        {
            return;
        }

        var name = node.Name.Value;
        if (type.Named.IsLeafType)
        {
            if (node.SelectionSet is { } selectionSet)
            {
                Context.Report(
                    $"Field \"{name}\" must not have a selection since type \"{type}\" has no subfields.", selectionSet.Start);
            }
        }
        else if (node.SelectionSet is null)
        {
            var suggestion = Context.Options.Suggestions ? $" Did you mean \"{name} {{ ... }}\"?" : "";
            Context.Report($"Field \"{name}\" of type \"{type}\" must have a selection of subfields.{suggestion}", node.Start);
        }
    }
}
