using GraphGateway.Language;
using Xunit;

namespace GraphGateway.TypeSystem.Tests;

/// <summary>From SDL to a schema or to its errors, one a line: the message, then the places.</summary>
internal static class Sdl
{
    internal static DocumentNode Parse(string sdl, string name = "schema.graphqls")
    {
        var result = Parser.ParseDocument(new SourceText(sdl, name), ParserOptions.Schema);
        Assert.True(result.IsSuccess, result.Error?.Message);
        return result.Value!;
    }

    internal static Schema Schema(string sdl, SchemaBuilderOptions? options = null)
    {
        var result = SchemaBuilder.Build(Parse(sdl), options);
        Assert.Equal("", Format(result));
        return result.Schema!;
    }

    internal static void ExpectErrors(string sdl, string expected, SchemaBuilderOptions? options = null)
    {
        var result = SchemaBuilder.Build(Parse(sdl), options);
        Assert.Equal(expected, Format(result));
        Assert.Null(result.Schema);
    }

    internal static void ExpectValid(string sdl, SchemaBuilderOptions? options = null) => Schema(sdl, options);

    internal static string Format(SchemaResult result) => string.Join(
        "\n",
        result.Errors.Select(static error =>
            $"{error.Message} ({string.Join(", ", error.Locations.Select(static place => $"{place.Line}:{place.Column}"))})"));
}
