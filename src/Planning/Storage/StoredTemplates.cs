using System.Collections.Immutable;

namespace GraphGateway.Planning;

/// <summary>Templates as they are stored; the fields that they read by their slots in the shape of the object that they are evaluated on.</summary>
internal static class StoredTemplates
{
    private const int Leaf = 0;
    private const int Composite = 1;
    private const int Typename = 2;
    private const int Object = 3;
    private const int Choice = 4;
    private const int Context = 5;
    private const int Kinds = 6;

    /// <summary>Writes one.</summary>
    /// <param name="output">Where it goes.</param>
    /// <param name="template">The template.</param>
    /// <param name="path">The shapes on the way to the current object: its own is the last one.</param>
    public static void Write(PlanOutput output, ValueTemplate template, ImmutableArray<ResultShape> path)
    {
        output.Enter();
        switch (template)
        {
            case LeafTemplate leaf:
                output.Number(Leaf);
                output.Slot(path[^1], leaf.Field);
                output.Number(leaf.NonNullItems);
                break;
            case CompositeTemplate composite:
                output.Number(Composite);
                output.Slot(path[^1], composite.Field);
                output.Number(composite.NonNullItems);
                Write(output, composite.Inner, [Below(composite.Field)]);
                break;
            case TypenameTemplate typename:
                output.Number(Typename);
                output.Text(typename.FixedName);
                break;
            case ObjectTemplate @object:
                output.Number(Object);
                output.Number(@object.Entries.Length);
                foreach (var entry in @object.Entries)
                {
                    WriteEntry(output, entry, path);
                }

                break;
            case ChoiceTemplate choice:
                output.Number(Choice);
                output.Number(choice.Alternatives.Length);
                foreach (var alternative in choice.Alternatives)
                {
                    output.Types(alternative.AppliesTo);
                    Write(output, alternative.Value, path);
                }

                break;
            case ContextTemplate context:
                output.Number(Context);
                output.Number(context.Alternatives.Length);
                foreach (var alternative in context.Alternatives)
                {
                    if (alternative.Depth < 0 || alternative.Depth >= path.Length)
                    {
                        throw new NotStorableException("A context is not on the way to the object.");
                    }

                    output.Number(alternative.Depth);
                    output.Types(alternative.AppliesTo);
                    Write(output, alternative.Value, path[..(alternative.Depth + 1)]);
                }

                break;
            default:
                throw new NotStorableException($"A {template.GetType().Name} has no form.");
        }

        output.Leave();
    }

    /// <summary>Reads one.</summary>
    /// <param name="input">Where it comes from.</param>
    /// <param name="path">See <see cref="Write"/>.</param>
    public static ValueTemplate Read(PlanInput input, ImmutableArray<ResultShape> path)
    {
        input.Enter();
        ValueTemplate template = input.Number(Kinds) switch
        {
            Leaf => ReadLeaf(input, path[^1]),
            Composite => ReadComposite(input, path[^1]),
            Typename => new TypenameTemplate(input.TextOrNull()),
            Object => new ObjectTemplate(input.Many(() => ReadEntry(input, path))),
            Choice => new ChoiceTemplate(input.Many(() => new ChoiceAlternative(input.Types(), Read(input, path)))),
            _ => new ContextTemplate(input.Many(() => ReadContext(input, path))),
        };
        input.Leave();
        return template;
    }

    private static void WriteEntry(PlanOutput output, TemplateEntry entry, ImmutableArray<ResultShape> path)
    {
        output.Text(entry.Name);
        output.Types(entry.AppliesTo);
        output.Flag(entry.IsKey);
        output.Flag(entry.IsNonNull);
        output.Text(entry.WhenUnfit);
        Write(output, entry.Value, path);
    }

    private static TemplateEntry ReadEntry(PlanInput input, ImmutableArray<ResultShape> path)
    {
        var (name, types, isKey, isNonNull, whenUnfit) = (input.Text(), input.Types(), input.Flag(), input.Flag(), input.TextOrNull());
        return new TemplateEntry(name, Read(input, path), types, isKey) { IsNonNull = isNonNull, WhenUnfit = whenUnfit };
    }

    private static LeafTemplate ReadLeaf(PlanInput input, ResultShape shape)
    {
        var field = input.Slot(shape);
        return field.Shape is null ? new LeafTemplate(field) { NonNullItems = input.Number(int.MaxValue) } : throw input.Wrong("an object where a leaf is read");
    }

    private static CompositeTemplate ReadComposite(PlanInput input, ResultShape shape)
    {
        var field = input.Slot(shape);
        var nonNullItems = input.Number(int.MaxValue);
        return field.Shape is { } below
            ? new CompositeTemplate(field, Read(input, [below])) { NonNullItems = nonNullItems }
            : throw input.Wrong("a leaf where an object is read");
    }

    private static ContextAlternative ReadContext(PlanInput input, ImmutableArray<ResultShape> path)
    {
        var (depth, types) = (input.Number(path.Length), input.Types());
        return new ContextAlternative(depth, types, Read(input, path[..(depth + 1)]));
    }

    private static ResultShape Below(ResultField field) => field.Shape ?? throw new NotStorableException($"{field} is a leaf where an object is read.");
}
