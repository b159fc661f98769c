using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using GraphGateway.TypeSystem;

namespace GraphGateway.Differential;

/// <summary>Arguments of one request, as literals and as variables.</summary>
internal sealed class ValueGenerator(Schema schema, Dice dice, FeatureCounts counts)
{
    private readonly List<string> definitions = [];
    private readonly JsonObject given = [];

    /// <summary>The definitions of the variables that the text uses, with their parentheses; empty when there are none.</summary>
    public string DefinitionsFor(string text)
    {
        var used = definitions.Where(definition => Regex.IsMatch(text, $@"\{definition.Split(':')[0]}\b")).ToList();
        return used.Count == 0 ? "" : $"({string.Join(", ", used)})";
    }

    public string Json => given.ToJsonString();

    /// <summary>A Boolean variable for a condition: one of two, so that one is used several times.</summary>
    public string ConditionVariable()
    {
        var name = dice.Percent(50) ? "c0" : "c1";
        if (!definitions.Exists(definition => definition.StartsWith($"${name}:", StringComparison.Ordinal)))
        {
            var hasDefault = dice.Percent(30);
            definitions.Add($"${name}: Boolean{(hasDefault ? " = " + (dice.Percent(50) ? "true" : "false") : "!")}");
            if (!hasDefault || dice.Percent(50))
            {
                given[name] = dice.Percent(50);
            }
        }

        return "$" + name;
    }

    /// <summary>The arguments of a field with their parentheses; empty when none is given.</summary>
    public string Arguments(FieldDefinition field)
    {
        var texts = new List<string>();
        foreach (var argument in field.Arguments)
        {
            if (!argument.IsRequired && dice.Percent(40))
            {
                continue;
            }

            texts.Add($"{argument.Name}: {(dice.Percent(30) ? Variable(argument.Type, argument.Name) : Literal(argument.Type, argument.Name, isConst: false).Text)}");
        }

        return texts.Count == 0 ? "" : $"({string.Join(", ", texts)})";
    }

    private string Variable(GraphQLType type, string argument)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"v{definitions.Count}");
        var value = Literal(type, argument);
        var hasDefault = dice.Percent(25);
        definitions.Add($"${name}: {type}{(hasDefault ? " = " + Literal(type, argument).Text : "")}");
        if (type.IsNonNull && !hasDefault || dice.Percent(70))
        {
            given[name] = value.Json;
        }

        counts.Add("variable");
        return "$" + name;
    }

    private (string Text, JsonNode? Json) Literal(GraphQLType type, string name, bool isConst = true) => type is NonNullType nonNull
        ? Literal(nonNull.OfType, name, mayBeNull: false, isConst)
        : Literal(type, name, mayBeNull: true, isConst);

    // A part of a list or of an input object; in the document it can be a variable.
    private (string Text, JsonNode? Json) Part(GraphQLType type, string name, bool mayBeNull, bool isConst, string place)
    {
        if (isConst || !dice.Percent(25))
        {
            return Literal(type.Nullable, name, mayBeNull, isConst);
        }

        counts.Add("variable inside " + place);
        return (Variable(type, name), null);
    }

    private (string Text, JsonNode? Json) Literal(GraphQLType type, string name, bool mayBeNull, bool isConst)
    {
        if (mayBeNull && dice.Percent(8))
        {
            return ("null", null);
        }

        if (type is ListType list)
        {
            var items = Enumerable.Range(0, dice.Next(3)).Select(_ => Part(list.OfType, name, !list.OfType.IsNonNull, isConst, "a list")).ToList();
            return ($"[{string.Join(", ", items.Select(item => item.Text))}]", new JsonArray([.. items.Select(item => item.Json)]));
        }

        return type.Named switch
        {
            EnumType @enum => Enum(dice.Pick(@enum.Values).Name),
            InputObjectType input => Input(input, isConst),
            { Name: "Int" } => Number(dice.Next(4)),
            { Name: "Boolean" } => (dice.Percent(50) ? "true" : "false") is var flag ? (flag, JsonValue.Create(flag == "true")) : default,
            { Name: "ID" } => Text(dice.Percent(10) ? "nobody" : dice.Percent(5) ? GlobalIds.Of("Nobody", 1) : GlobalIds.Of(EntityName(), dice.Next(World.EntityCount + 1))),
            _ => Text(name switch
            {
                "sku" => WorldData.SkuOf(EntityName(), dice.Next(World.EntityCount + 1)),
                "b" => $"b{dice.Next(3)}",
                _ when name.EndsWith("code", StringComparison.Ordinal) => $"c{dice.Next(World.EntityCount + 1)}",
                _ => dice.Pick<string>(["", "x y", "ß\\\"", "r"]),
            }),
        };
    }

    private string EntityName() => dice.Pick(schema.ObjectTypes.Where(type => type.Name.StartsWith('T')).Select(type => type.Name).DefaultIfEmpty("T0").ToList());

    private (string, JsonNode?) Input(InputObjectType input, bool isConst)
    {
        var fields = input.Fields.Where(field => field.IsRequired || dice.Percent(60)).ToList();
        fields = input.IsOneOf ? [dice.Pick(input.Fields)] : fields;
        var json = new JsonObject();
        var texts = new List<string>();
        foreach (var field in fields)
        {
            // The variable of a field with @oneOf must not be null.
            var type = input.IsOneOf ? new NonNullType(field.Type) : field.Type;
            var value = Part(type, field.Name, !type.IsNonNull, isConst, "an input object");
            texts.Add($"{field.Name}: {value.Text}");
            json[field.Name] = value.Json;
        }

        return ($"{{ {string.Join(", ", texts)} }}", json);
    }

    private static (string, JsonNode?) Enum(string name) => (name, JsonValue.Create(name));

    private static (string, JsonNode?) Number(int value) => (value.ToString(CultureInfo.InvariantCulture), JsonValue.Create(value));

    private static (string, JsonNode?) Text(string value) => (JsonSerializer.Serialize(value), JsonValue.Create(value));
}
