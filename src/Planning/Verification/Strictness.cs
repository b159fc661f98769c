using GraphGateway.TypeSystem;
using GraphGateway.TypeSystem.Supergraphs;

namespace GraphGateway.Planning;

/// <summary>
/// Where a source takes nulls, read from the text of a type of its own such as <c>[[Int!]]!</c>. The verifier's own, like <see cref="SourceFacts"/>.
/// </summary>
internal static class Strictness
{
    /// <summary>True when the type takes no null.</summary>
    public static bool IsNonNull(string? type) => type is not null && type.EndsWith('!');

    /// <summary>The type of the values that are so many lists deep; null where the type has fewer lists.</summary>
    public static string? Inside(string? type, int lists)
    {
        for (; lists > 0 && type is not null; lists--)
        {
            var bare = type.TrimEnd('!');
            type = bare.StartsWith('[') ? bare[1..^1] : null;
        }

        return type;
    }

    /// <summary>By list, from the outside, whether its items may be null, as text.</summary>
    public static string Marks(string? type, int lists) =>
        string.Concat(Enumerable.Range(1, lists).Select(depth => IsNonNull(Inside(type, depth)) ? "[!]" : "[?]"));

    /// <summary>The same of what a template says.</summary>
    public static string Marks(ResultField field, int nonNullItems) =>
        string.Concat(Enumerable.Range(0, ListsOf(field.Definition.Type)).Select(depth => (nonNullItems & (1 << depth)) != 0 ? "[!]" : "[?]"));

    /// <summary>How many lists the values of a type have.</summary>
    public static int ListsOf(GraphQLType type) => type switch
    {
        NonNullType nonNull => ListsOf(nonNull.OfType),
        ListType list => 1 + ListsOf(list.OfType),
        _ => 0,
    };

    /// <summary>True when some value can turn out not to fit.</summary>
    public static bool IsChecked(ValueTemplate value) => value switch
    {
        LeafTemplate leaf => leaf.NonNullItems != 0,
        CompositeTemplate composite => composite.NonNullItems != 0 || IsChecked(composite.Inner),
        ObjectTemplate @object => @object.Entries.Any(IsChecked),
        ChoiceTemplate choice => choice.Alternatives.Any(alternative => IsChecked(alternative.Value)),
        ContextTemplate context => context.Alternatives.Any(alternative => IsChecked(alternative.Value)),
        _ => false,
    };

    /// <summary>True when the entry's value can turn out not to fit.</summary>
    public static bool IsChecked(TemplateEntry entry) => entry.IsNonNull || IsChecked(entry.Value);

    /// <summary>True when an object below has a message of its own: only what is on the target itself can be left out.</summary>
    public static bool IsToldBelow(ValueTemplate value) => value switch
    {
        CompositeTemplate composite => IsToldBelow(composite.Inner),
        ObjectTemplate @object => @object.Entries.Any(entry => entry.WhenUnfit is not null || IsToldBelow(entry.Value)),
        ChoiceTemplate choice => choice.Alternatives.Any(alternative => IsToldBelow(alternative.Value)),
        ContextTemplate context => context.Alternatives.Any(alternative => IsToldBelow(alternative.Value)),
        _ => false,
    };

    /// <summary>True when the graph's own types let a value be null where the source takes none.</summary>
    public static bool CanBeUnfit(ValueTemplate value) => value switch
    {
        LeafTemplate leaf => HasNullableItems(leaf.Field, leaf.NonNullItems),
        CompositeTemplate composite => HasNullableItems(composite.Field, composite.NonNullItems)
            || (composite.NonNullItems != 0 && CanBeNull(composite.Inner)) || CanBeUnfit(composite.Inner),
        ObjectTemplate @object => @object.Entries.Any(entry => (entry.IsNonNull && CanBeNull(entry.Value)) || CanBeUnfit(entry.Value)),
        ChoiceTemplate choice => choice.Alternatives.Any(alternative => CanBeUnfit(alternative.Value)),
        _ => false,
    };

    private static bool HasNullableItems(ResultField field, int nonNullItems) => Enumerable.Range(0, ListsOf(field.Definition.Type))
        .Any(depth => (nonNullItems & (1 << depth)) != 0 && !IsNonNull(Inside(field.Definition.Type.ToString(), depth + 1)));

    // Where types tell alternatives apart, none of them may be the object's.
    private static bool CanBeNull(ValueTemplate value) => value switch
    {
        LeafTemplate leaf => !leaf.Field.Definition.Type.IsNonNull,
        CompositeTemplate composite => !composite.Field.Definition.Type.IsNonNull || (ListsOf(composite.Field.Definition.Type) == 0 && CanBeNull(composite.Inner)),
        ChoiceTemplate => true,
        ObjectTemplate @object => @object.Entries.Any(entry => entry.IsKey && CanBeNull(entry.Value)),
        _ => false,
    };
}

/// <summary>Where a value goes: the text of the type there, null when it says nothing, and the way through the input objects of an argument.</summary>
internal readonly record struct Place(string? Type, MappedArgument? Argument, string Path)
{
    public Place Inside(int lists) => this with { Type = Strictness.Inside(Type, lists) };

    public string Marks(int lists) => Strictness.Marks(Type, lists);

    /// <summary>A field of the input object that is here.</summary>
    public Place Of(string field)
    {
        var path = Path.Length == 0 ? field : $"{Path}.{field}";
        return new Place(Argument?.StrictFields.FirstOrDefault(strict => strict.Path == path)?.Type.ToString(), Argument, path);
    }
}
