using System.Text;
using System.Text.Json;
using GraphGateway.Planning;
using GraphGateway.TypeSystem;

namespace GraphGateway.Execution;

internal enum TemplateKind : byte
{
    Leaf,
    Composite,
    Typename,
    Object,
    Choice,
    Context,
    Entry,
}

/// <summary>A <see cref="ValueTemplate"/>, or an entry of one, with its constant parts as bytes.</summary>
internal sealed class CompiledTemplate
{
    public required TemplateKind Kind { get; init; }

    /// <summary>Leaf, Composite: the field's slot. Entry of a context: where the object is on the way to the target.</summary>
    public int Slot { get; init; }

    /// <summary>Composite: evaluated on each object. Entry: the value.</summary>
    public CompiledTemplate? Inner { get; init; }

    /// <summary>Entry: the key with quotes and colon. Typename: the fixed name as a JSON string, or null.</summary>
    public byte[]? Name { get; init; }

    /// <summary>Entry: the keys that lead to it, as <see cref="FetchField.Requires"/> has them; those of the object around it where that is nothing without it.</summary>
    public string EntryPath { get; init; } = "";

    public CompiledTemplate[] Entries { get; init; } = [];

    public TypeSet AppliesTo { get; init; }

    public bool IsKey { get; init; }

    /// <inheritdoc cref="TemplateEntry.IsNonNull"/>
    public bool IsNonNull { get; init; }

    /// <inheritdoc cref="TemplateEntry.WhenUnfit"/>
    public string? WhenUnfit { get; init; }

    /// <inheritdoc cref="LeafTemplate.NonNullItems"/>
    public int NonNullItems { get; init; }

    public static CompiledTemplate Of(ValueTemplate template) => Of(template, "");

    private static CompiledTemplate Of(ValueTemplate template, string path) => template switch
    {
        LeafTemplate leaf => new() { Kind = TemplateKind.Leaf, Slot = leaf.Field.Slot, NonNullItems = leaf.NonNullItems },
        CompositeTemplate composite => new()
        {
            Kind = TemplateKind.Composite,
            Slot = composite.Field.Slot,
            Inner = Of(composite.Inner, path),
            NonNullItems = composite.NonNullItems,
        },
        TypenameTemplate typename => new() { Kind = TemplateKind.Typename, Name = typename.FixedName is { } name ? Quoted(name, "") : null },
        ObjectTemplate @object => new() { Kind = TemplateKind.Object, Entries = [.. @object.Entries.Select(entry => EntryOf(entry, path))] },
        ChoiceTemplate choice => new()
        {
            Kind = TemplateKind.Choice,
            Entries = [.. choice.Alternatives.Select(alternative => new CompiledTemplate
            {
                Kind = TemplateKind.Entry,
                AppliesTo = alternative.AppliesTo,
                Inner = Of(alternative.Value, path),
            })],
        },
        ContextTemplate context => new()
        {
            Kind = TemplateKind.Context,
            Entries = [.. context.Alternatives.Select(alternative => new CompiledTemplate
            {
                Kind = TemplateKind.Entry,
                Slot = alternative.Depth,
                AppliesTo = alternative.AppliesTo,
                Inner = Of(alternative.Value, path),
            })],
        },
        _ => throw new ArgumentOutOfRangeException(nameof(template), template, "An unknown kind of template."),
    };

    private static CompiledTemplate EntryOf(TemplateEntry entry, string above)
    {
        var path = above.Length == 0 ? entry.Name : entry.IsKey ? above : $"{above}.{entry.Name}";
        return new()
        {
            Kind = TemplateKind.Entry,
            Name = Quoted(entry.Name, ":"),
            EntryPath = path,
            AppliesTo = entry.AppliesTo,
            IsKey = entry.IsKey,
            IsNonNull = entry.IsNonNull,
            WhenUnfit = entry.WhenUnfit,
            Inner = Of(entry.Value, path),
        };
    }

    private static byte[] Quoted(string name, string suffix) => Encoding.UTF8.GetBytes($"\"{JsonEncodedText.Encode(name)}\"{suffix}");
}
