using GraphGateway.Language;
using GraphGateway.TypeSystem;

namespace GraphGateway.Interop.Language;

/// <summary>The variables of the operation that is being written, and values that use them.</summary>
internal sealed class OperationVariables(Schema schema, Dice dice)
{
    private readonly List<(string Name, string Type, GraphQLType Original)> declared = [];

    public bool IsEmpty => declared.Count == 0;

    /// <summary>A value for a place of a type: a literal, a variable, or a literal with variables in it.</summary>
    public string Value(GraphQLType type, bool hasDefault = false, bool isInOneOf = false)
    {
        if (dice.Errs(0.5))
        {
            return dice.Chance(0.3) ? $"$undefined{dice.Next(3)}" : Literals.Any(dice);
        }

        if (dice.Chance(0.35))
        {
            return Variable(type, hasDefault, isInOneOf);
        }

        return Literals.Of(type, dice, inner => dice.Chance(0.2) ? Variable(inner, false, isInOneOf) : null);
    }

    /// <summary>The definitions in parentheses; nothing when there are none.</summary>
    public string Text(Func<DirectiveLocation, string> directives)
    {
        if (dice.Errs(2))
        {
            declared.Add(($"unused{dice.Next(2)}", dice.Pick(schema.Types).Name, schema.QueryType!));
        }

        if (declared.Count > 0 && dice.Errs(2))
        {
            declared.Add(dice.Pick(declared));
        }

        if (declared.Count > 0 && dice.Errs(2))
        {
            declared.RemoveAt(dice.Next(declared.Count));
        }

        return declared.Count == 0
            ? ""
            : $"({string.Join(dice.Chance(0.7) ? ", " : "\n  ", declared.Select(variable => Definition(variable, directives)))})";
    }

    private string Definition((string Name, string Type, GraphQLType Original) variable, Func<DirectiveLocation, string> directives)
    {
        var (name, type, original) = variable;
        if (dice.Errs())
        {
            type = dice.Pick([type + "]!", $"[{type}]", type.TrimEnd('!'), dice.Mistype(type.Trim('!', '[', ']')), dice.Pick(schema.Types).Name]);
            type = type.EndsWith("]!", StringComparison.Ordinal) ? "[" + type : type;
            type = type.Count(static c => c == '[') == type.Count(static c => c == ']') ? type : "Int";
        }

        var value = !original.Named.IsInputType || !dice.Chance(0.2)
            ? ""
            : $" = {(dice.Errs(3) ? Literals.Any(dice) : Literals.Of(original.Nullable, dice))}";
        var description = dice.Chance(0.05) ? Literals.Text(dice) + " " : "";
        return $"{description}${name}: {type}{value}{directives(DirectiveLocation.VariableDefinition)}";
    }

    private string Variable(GraphQLType type, bool hasDefault, bool isInOneOf)
    {
        var known = declared.Where(variable => variable.Original.ToString() == type.ToString() || dice.Errs(2)).ToList();
        if (known.Count > 0 && dice.Chance(0.6))
        {
            return "$" + dice.Pick(known).Name;
        }

        var written = type.ToString()!;
        if (isInOneOf && !type.IsNonNull && !dice.Errs(10))
        {
            written += "!";
        }
        else if (!type.IsNonNull && dice.Chance(0.3))
        {
            written += "!";
        }
        else if (type.IsNonNull && (hasDefault ? dice.Chance(0.5) : dice.Errs(2)))
        {
            written = written.TrimEnd('!');
        }

        var name = $"v{declared.Count}";
        declared.Add((name, written, type));
        return "$" + name;
    }
}
