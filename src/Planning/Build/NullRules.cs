using GraphGateway.Language;
using GraphGateway.TypeSystem.Supergraphs;

namespace GraphGateway.Planning;

/// <summary>
/// Where a type takes nulls. What a source is sent must fit its own types (GraphQL spec, <see href="https://spec.graphql.org/September2025/#sec-Input-Objects.Input-Coercion">input coercion</see>):
/// a value with a null in a place that takes none fails the whole request, of all objects in it.
/// </summary>
/// <param name="IsNonNull">The value itself must not be null.</param>
/// <param name="Items">The same of the items; null for what is no list.</param>
internal sealed record NullRules(bool IsNonNull, NullRules? Items)
{
    // For what a map fills: the argument, and the way to this value through its input objects.
    private MappedArgument? Argument { get; init; }

    private string Path { get; init; } = "";

    /// <summary>The rules of an argument that a map fills.</summary>
    public static NullRules Of(MappedArgument argument) => Of(argument.Type, argument, "");

    /// <summary>The rules of a type in a source's document.</summary>
    public static NullRules Of(TypeNode type) => Of(type, null, "");

    /// <summary>The same text for arguments that take nulls at the same places, whatever the names of their types.</summary>
    public static string TextOf(MappedArgument argument) =>
        string.Concat(argument.StrictFields.Select(field => $" {field.Path}:{TextOf(field.Type)}").Prepend(TextOf(argument.Type)));

    /// <summary>The rules of a field of an input object; null when it takes every null.</summary>
    public NullRules? Of(string field)
    {
        var path = Path + field;
        return Argument is null ? null
            : Argument.StrictFields.FirstOrDefault(strict => strict.Path == path) is { } own ? Of(own.Type, Argument, path + ".")
            : null;
    }

    /// <summary>The rules of the values that are so many lists deep; null where the type has fewer lists: one value stands for a list of it.</summary>
    public NullRules? Inside(int lists)
    {
        var rules = this;
        for (; lists > 0 && rules is not null; lists--)
        {
            rules = rules.Items;
        }

        return rules;
    }

    /// <summary>For a value with so many lists: see <see cref="LeafTemplate.NonNullItems"/>.</summary>
    public int NonNullItems(int lists)
    {
        var bits = 0;
        for (var n = 0; n < lists; n++)
        {
            bits |= Inside(n + 1) is { IsNonNull: true } ? 1 << n : 0;
        }

        return bits;
    }

    private static string TextOf(TypeNode type) => type switch
    {
        NonNullTypeNode nonNull => TextOf(nonNull.Type) + "!",
        ListTypeNode list => $"[{TextOf(list.Type)}]",
        _ => "",
    };

    private static NullRules Of(TypeNode type, MappedArgument? argument, string path) => type switch
    {
        NonNullTypeNode nonNull => Of(nonNull.Type, argument, path) with { IsNonNull = true },
        ListTypeNode list => new NullRules(false, Of(list.Type, argument, path)) { Argument = argument, Path = path },
        _ => new NullRules(false, null) { Argument = argument, Path = path },
    };
}
