using GraphGateway.TypeSystem;

namespace GraphGateway.Planning;

/// <summary>How a fetch's answer is read, as it is stored; slots are those of the shape that the objects are filled into.</summary>
internal static class StoredSelections
{
    public static void Write(PlanOutput output, FetchSelectionSet selection, ResultShape shape)
    {
        output.Enter();
        output.Flag(selection.TellsRuntimeType);
        output.Number(selection.FixedType is { } type ? 1 + type.Ordinal : 0);
        output.Number(selection.Fields.Length);
        foreach (var field in selection.Fields)
        {
            output.Text(field.SourceKey);
            output.Types(field.AppliesTo);
            output.Slot(shape, field.Target);
            output.Type(field.SourceType);
            output.Texts(field.Requires);
            output.Flag(field.Selection is not null);
            if (field.Selection is { } below)
            {
                Write(output, below, field.Target.Shape ?? throw new NotStorableException($"{field.Target} is a leaf that something is selected of."));
            }
        }

        output.Leave();
    }

    public static FetchSelectionSet Read(PlanInput input, ResultShape shape, Schema schema)
    {
        input.Enter();
        var tells = input.Flag();
        var type = input.Number(1 + schema.ObjectTypes.Length);
        var selection = new FetchSelectionSet
        {
            TellsRuntimeType = tells,
            FixedType = type > 0 ? schema.ObjectTypes[type - 1] : null,
            Fields = input.Many(() => Field(input, shape, schema)),
        };
        input.Leave();
        return selection;
    }

    private static FetchField Field(PlanInput input, ResultShape shape, Schema schema)
    {
        var (key, types, target, type, requires) = (input.Text(), input.Types(), input.Slot(shape), input.Type(), input.Many(input.Text));
        var isComposite = input.Flag();
        return isComposite == target.Shape is not null
            ? new FetchField
            {
                SourceKey = key,
                AppliesTo = types,
                Target = target,
                SourceType = type,
                Requires = requires,
                Selection = isComposite ? Read(input, target.Shape!, schema) : null,
            }
            : throw input.Wrong("a selection of a leaf, or none of an object");
    }
}
