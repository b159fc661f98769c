using System.Text.Json;
using GraphGateway.Language;

namespace GraphGateway.Subgraphs.Server;

/// <summary>What kind of input a scalar is given.</summary>
public enum ScalarInputKind
{
    /// <summary>Digits without fraction or exponent.</summary>
    Int,

    /// <summary>A number with a fraction or an exponent.</summary>
    Float,

    /// <summary>A string.</summary>
    String,

    /// <summary>True or false.</summary>
    Boolean,

    /// <summary>A bare name, in a literal only.</summary>
    Enum,

    /// <summary>A list.</summary>
    List,

    /// <summary>An object.</summary>
    Object,
}

/// <summary>One input value, not null, whether it stands in the document or came as JSON. Numbers keep their digits.</summary>
public readonly struct ScalarInput
{
    private readonly ValueNode? literal;
    private readonly IReadOnlyDictionary<string, object?>? variables;
    private readonly JsonElement json;

    internal ScalarInput(ValueNode literal, IReadOnlyDictionary<string, object?> variables)
    {
        this.literal = literal;
        this.variables = variables;
        (Kind, Text) = literal switch
        {
            IntValueNode node => (ScalarInputKind.Int, node.Value),
            FloatValueNode node => (ScalarInputKind.Float, node.Value),
            StringValueNode node => (ScalarInputKind.String, node.Value),
            BooleanValueNode node => (ScalarInputKind.Boolean, node.Value ? "true" : "false"),
            EnumValueNode node => (ScalarInputKind.Enum, node.Value),
            ListValueNode => (ScalarInputKind.List, ""),
            _ => (ScalarInputKind.Object, ""),
        };
    }

    internal ScalarInput(JsonElement json)
    {
        this.json = json;
        (Kind, Text) = json.ValueKind switch
        {
            JsonValueKind.Number => (IsInteger(json.GetRawText()) ? ScalarInputKind.Int : ScalarInputKind.Float, json.GetRawText()),
            JsonValueKind.String => (ScalarInputKind.String, json.GetString()!),
            JsonValueKind.True => (ScalarInputKind.Boolean, "true"),
            JsonValueKind.False => (ScalarInputKind.Boolean, "false"),
            JsonValueKind.Array => (ScalarInputKind.List, ""),
            _ => (ScalarInputKind.Object, ""),
        };
    }

    /// <summary>What kind of value it is.</summary>
    public ScalarInputKind Kind { get; }

    /// <summary>The string decoded, the digits as written, the name; empty for lists and objects.</summary>
    public string Text { get; }

    /// <summary>True when it stands in the document, false when it came as a variable.</summary>
    public bool IsLiteral => literal is not null;

    /// <summary>The value as plain CLR objects: string, bool, long, decimal or double, lists and dictionaries.</summary>
    public object? ToObject() => literal is null ? FromJson(json) : FromLiteral(literal, variables!);

    /// <summary>The value as messages show it.</summary>
    public override string ToString() => literal is null ? InputCoercion.Inspect(json) : LiteralText.Print(literal);

    private static bool IsInteger(string digits) => digits.AsSpan().IndexOfAny('.', 'e', 'E') < 0;

    private static object? FromJson(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Number => FromNumber(value.GetRawText()),
        JsonValueKind.String => value.GetString(),
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.Array => value.EnumerateArray().Select(FromJson).ToList(),
        JsonValueKind.Object => value.EnumerateObject().DistinctBy(member => member.Name).ToDictionary(member => member.Name, member => FromJson(member.Value)),
        _ => null,
    };

    private static object? FromLiteral(ValueNode value, IReadOnlyDictionary<string, object?> variables) => value switch
    {
        IntValueNode node => FromNumber(node.Value),
        FloatValueNode node => FromNumber(node.Value),
        StringValueNode node => node.Value,
        EnumValueNode node => node.Value,
        BooleanValueNode node => node.Value,
        VariableNode node => variables.GetValueOrDefault(node.Name.Value),
        ListValueNode node => node.Values.Select(item => FromLiteral(item, variables)).ToList(),
        ObjectValueNode node => node.Fields.DistinctBy(field => field.Name.Value).ToDictionary(field => field.Name.Value, field => FromLiteral(field.Value, variables)),
        _ => null,
    };

    private static object FromNumber(string digits) =>
        IsInteger(digits) && long.TryParse(digits, out var whole) ? whole
        : decimal.TryParse(digits, System.Globalization.NumberStyles.Float, null, out var exact) ? exact
        : double.Parse(digits);
}

/// <summary>Literals as messages show them.</summary>
internal static class LiteralText
{
    public static string Print(ValueNode value) => value switch
    {
        IntValueNode node => node.Value,
        FloatValueNode node => node.Value,
        StringValueNode node => Quote(node.Value),
        BooleanValueNode node => node.Value ? "true" : "false",
        EnumValueNode node => node.Value,
        VariableNode node => $"${node.Name.Value}",
        ListValueNode node => $"[{string.Join(", ", node.Values.Select(Print))}]",
        ObjectValueNode node => $"{{{string.Join(", ", node.Fields.Select(field => $"{field.Name.Value}: {Print(field.Value)}"))}}}",
        _ => "null",
    };

    public static string Quote(string text) => JsonSerializer.Serialize(text, Relaxed);

    private static readonly JsonSerializerOptions Relaxed = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
}
