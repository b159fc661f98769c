using GraphGateway.Language;
using GraphGateway.TypeSystem;
using Xunit;

namespace GraphGateway.Conformance;

/// <summary>The helpers of the section on the type system: SDL is a valid schema, or it is none.</summary>
internal static class Schemas
{
    /// <summary>The SDL is a valid schema.</summary>
    public static Schema Valid(string sdl)
    {
        var result = Build(sdl);
        Assert.Equal("", Show(result));
        return result.Schema!;
    }

    /// <summary>The SDL is none: an error a line, its places first.</summary>
    public static void Refused(string sdl, string errors) => Assert.Equal(errors, Show(Build(sdl)));

    private static SchemaResult Build(string sdl)
    {
        var parsed = Parser.ParseDocument(new SourceText(sdl), ParserOptions.Schema);
        Assert.Null(parsed.Error?.Message);
        return SchemaBuilder.Build(parsed.Value!);
    }

    private static string Show(SchemaResult result) => string.Join('\n', result.Errors.Select(error =>
        string.Concat(error.Locations.Select(place => $"{place.Line}:{place.Column} ")) + error.Message));
}
