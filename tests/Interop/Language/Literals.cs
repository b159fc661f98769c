using GraphGateway.TypeSystem;

namespace GraphGateway.Interop.Language;

/// <summary>Values as they are written.</summary>
internal static class Literals
{
    private static readonly string[] Anything =
    [
        "1", "-0", "2147483647", "2147483648", "-2147483649", "9007199254740993", "1.5", "1e3", "-1.0E+10", "1e400", "0.0", "true", "false", "null",
        "\"text\"", "\"\"", "\"12\"", "\"é😀\\n\\u00e9\\u{1F600}\"", "\"\"\"block \\\"\"\" \n  text\"\"\"", "NAME", "[]", "[1, null]", "[[\"a\"], []]",
        "{}", "{ a: 1 }", "{ a: { b: [X] }, a: 2 }", "[{ id: 1 }]",
    ];

    /// <summary>A value of no type in particular.</summary>
    public static string Any(Dice dice) => dice.Pick(Anything);

    /// <summary>A string.</summary>
    public static string Text(Dice dice) =>
        dice.Pick(["\"plain\"", "\"\"", "\"\"\"block\"\"\"", "\"with \\\"quotes\\\" \\\\ \\t\"", "\"\"\"\n  two\n    lines\n\"\"\"", "\"ünï\\u0007 😀\""]);

    /// <summary>A value of the type, unless the dice err.</summary>
    /// <param name="type">An input type.</param>
    /// <param name="dice">Chance.</param>
    /// <param name="inner">What to write in place of an inner value of a type; null where a literal is to stand.</param>
    /// <param name="depth">How deep already.</param>
    public static string Of(GraphQLType type, Dice dice, Func<GraphQLType, string?>? inner = null, int depth = 0)
    {
        if (dice.Errs(0.7))
        {
            return Any(dice);
        }

        if (depth > 0 && inner?.Invoke(type) is { } replaced)
        {
            return replaced;
        }

        if (!type.IsNonNull && dice.Chance(depth > 2 ? 0.5 : 0.05))
        {
            return "null";
        }

        return type.Nullable switch
        {
            ListType list => List(list, dice, inner, depth),
            EnumType named => dice.Errs(2) ? dice.Mistype(dice.Pick(named.Values).Name) : dice.Pick(named.Values).Name,
            InputObjectType input => Object(input, dice, inner, depth),
            var scalar => Scalar(scalar.Named.Name, dice),
        };
    }

    private static string List(ListType list, Dice dice, Func<GraphQLType, string?>? inner, int depth)
    {
        if (dice.Chance(0.2))
        {
            return Of(list.OfType, dice, inner, depth + 1);
        }

        var items = Enumerable.Range(0, dice.Next(depth > 3 ? 1 : 3)).Select(_ => Of(list.OfType, dice, inner, depth + 1));
        return $"[{string.Join(", ", items)}]";
    }

    private static string Object(InputObjectType type, Dice dice, Func<GraphQLType, string?>? inner, int depth)
    {
        var fields = new List<string>();
        if (type.IsOneOf && !dice.Errs(3))
        {
            var chosen = dice.Pick(type.Fields);
            return $"{{ {chosen.Name}: {Of(new NonNullType(chosen.Type), dice, inner, depth + 1)} }}";
        }

        foreach (var field in type.Fields)
        {
            if (field.IsRequired ? !dice.Errs(2) : dice.Chance(depth > 1 ? 0.05 : 0.25))
            {
                var name = dice.Errs() ? dice.Mistype(field.Name) : field.Name;
                fields.Add($"{name}: {Of(field.Type, dice, inner, depth + 1)}");
                if (dice.Errs(0.7))
                {
                    fields.Add($"{field.Name}: {Any(dice)}");
                }
            }
        }

        return fields.Count == 0 ? "{}" : $"{{ {string.Join(", ", fields)} }}";
    }

    private static string Scalar(string name, Dice dice) => name switch
    {
        "Int" => dice.Pick(["0", "1", "-5", "2147483647"]),
        "Float" => dice.Pick(["0", "1.5", "-2e3", "10"]),
        "Boolean" => dice.Pick(["true", "false"]),
        "ID" => dice.Pick(["\"a\"", "7", "\"12\""]),
        "String" => Text(dice),
        _ => Any(dice),
    };
}
