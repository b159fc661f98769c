using System.Text.Json;
using GraphGateway.Language;
using GraphGateway.TypeSystem;
using GraphGateway.Validation;
using Xunit;

namespace GraphGateway.Operations.Tests;

/// <summary>From texts to what the tests work on.</summary>
internal static class Requests
{
    internal static Schema Schema(string sdl)
    {
        var result = SchemaBuilder.Build(Parse(sdl));
        Assert.Empty(result.Errors);
        return result.Schema!;
    }

    internal static ValidOperation Operation(Schema schema, string document)
    {
        var result = Validator.Validate(schema, Parse(document));
        Assert.Empty(result.Errors);
        return result.Document!.Operations[0];
    }

    internal static JsonElement Json(string json) => JsonDocument.Parse(json).RootElement;

    internal static VariableValues Variables(ValidOperation operation, string? json)
    {
        var result = VariableCoercion.Coerce(operation, json is null ? null : Json(json));
        Assert.Empty(result.Errors);
        return result.Values!;
    }

    /// <summary>Coerced values as JSON; doubles with a fraction mark, so that they differ from ints.</summary>
    internal static string Show(object? value) => value switch
    {
        null => "null",
        bool isTrue => isTrue ? "true" : "false",
        int number => $"{number}",
        double number => number == Math.Floor(number) ? $"{number}.0" : $"{number}",
        string text => $"\"{text}\"",
        JsonElement json => $"raw {json.GetRawText()}",
        List<object?> items => $"[{string.Join(", ", items.Select(Show))}]",
        IReadOnlyDictionary<string, object?> fields => $"{{{string.Join(", ", fields.Select(static field => $"{field.Key}: {Show(field.Value)}"))}}}",
        _ => value.ToString()!,
    };

    internal static string Show(IEnumerable<GraphQLError> errors) => string.Join(
        "\n",
        errors.Select(static error =>
            $"{error.Message} ({string.Join(", ", error.Locations.Select(static place => $"{place.Line}:{place.Column}"))})"));

    private static DocumentNode Parse(string text)
    {
        var result = Parser.ParseDocument(new SourceText(text), ParserOptions.Schema);
        Assert.True(result.IsSuccess, result.Error?.Message);
        return result.Value!;
    }
}
