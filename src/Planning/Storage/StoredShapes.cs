using GraphGateway.Language;
using GraphGateway.Operations;
using GraphGateway.TypeSystem;

namespace GraphGateway.Planning;

/// <summary>The shape of the answer as it is stored: what the client selected by its number in the operation, and hidden fields with all that makes them.</summary>
internal static class StoredShapes
{
    public static void Write(PlanOutput output, ResultShape shape, NormalizedSelectionSet? selections, Schema schema)
    {
        if (!shape.Withheld.IsEmpty)
        {
            throw new NotStorableException("Something is withheld from its client.");
        }

        output.Enter();
        output.Number(shape.Fields.Count);
        foreach (var field in shape.All)
        {
            output.Flag(field.IsHidden);
            output.Types(field.AppliesTo);
            if (field.IsHidden)
            {
                WriteHidden(output, field, schema);
            }
            else
            {
                WriteVisible(output, field, selections, schema);
            }

            output.Define(field);
        }

        output.Leave();
    }

    public static ResultShape Read(PlanInput input, NormalizedSelectionSet selections, Schema schema) =>
        Read(input, selections.Type, selections, schema);

    private static void WriteVisible(PlanOutput output, ResultField field, NormalizedSelectionSet? selections, Schema schema)
    {
        var number = selections is null || field.Selection is null ? -1 : selections.Fields.IndexOf(field.Selection, 0, ReferenceEqualityComparer.Instance);
        if (number < 0 || field.IsWithheld || field.Shape?.Type != field.Selection!.SelectionSet?.Type)
        {
            throw new NotStorableException($"{field} is not what the operation selects, or withheld from the client.");
        }

        output.Number(number);
        if (field.Shape is { } below)
        {
            Write(output, below, field.Selection.SelectionSet, schema);
        }
    }

    private static void WriteHidden(PlanOutput output, ResultField field, Schema schema)
    {
        var owner = field.Definition.DeclaringType?.Name ?? "";
        if ((schema.FindType(owner) as ComplexType)?.FindField(field.Definition.Name) != field.Definition || field.Shape?.Type != field.Definition.Type.Named as CompositeType)
        {
            throw new NotStorableException($"{field} is no field of the full schema.");
        }

        output.Text(field.Key);
        output.Text(owner);
        output.Text(field.Definition.Name);
        output.Number(field.HiddenArguments.Length);
        foreach (var argument in field.HiddenArguments)
        {
            output.Text(argument.Name.Value);
            output.Text(Printer.Print(argument.Value));
        }

        if (field.Shape is { } below)
        {
            Write(output, below, selections: null, schema);
        }
    }

    private static ResultShape Read(PlanInput input, CompositeType type, NormalizedSelectionSet? selections, Schema schema)
    {
        input.Enter();
        var count = input.Count();
        var shape = new ResultShape(type, Math.Min(count, PlanInput.FirstCapacity));
        for (var slot = 0; slot < count; slot++)
        {
            var isHidden = input.Flag();
            if (!isHidden && (selections is null || (slot > 0 && shape.All[slot - 1].IsHidden)))
            {
                throw input.Wrong("a field for clients among hidden ones");
            }

            var types = input.Types();
            var field = isHidden ? ReadHidden(input, shape, types, schema) : ReadVisible(input, shape, types, selections!, schema);
            input.Define(shape.Add(field));
        }

        input.Leave();
        return shape;
    }

    private static ResultField ReadVisible(PlanInput input, ResultShape shape, TypeSet types, NormalizedSelectionSet selections, Schema schema)
    {
        var selection = selections.Fields[input.Number(selections.Fields.Length)];
        var below = selection.SelectionSet is { } inner ? Read(input, inner, schema) : null;
        return new ResultField(shape, shape.Fields.Count, selection.ResponseKey, isHidden: false, selection.Definition, types, below) { Selection = selection };
    }

    private static ResultField ReadHidden(PlanInput input, ResultShape shape, TypeSet types, Schema schema)
    {
        var key = input.Text();
        var definition = (schema.FindType(input.Text()) as ComplexType)?.FindField(input.Text()) ?? throw input.Wrong("a field that the schema does not have");
        if (key is not ['~', ..] || definition.DeclaringType is null)
        {
            throw input.Wrong("a hidden field that is none");
        }

        var arguments = input.Many(() => Argument(input));
        var below = definition.Type.Named is CompositeType composite ? Read(input, composite, selections: null, schema) : null;
        return new ResultField(shape, shape.Fields.Count, key, isHidden: true, definition, types, below) { HiddenArguments = arguments };
    }

    private static ArgumentNode Argument(PlanInput input)
    {
        var name = new NameNode(input.Text(), 0);
        return new ArgumentNode(0, 0, name, Parser.ParseConstValue(new SourceText(input.Part())).Value ?? throw input.Wrong("a value that is none"));
    }
}
