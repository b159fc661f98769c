using GraphGateway.Subgraphs.Server;
using Xunit;

namespace GraphGateway.Subgraphs.Tests;

/// <summary>JSON's grammar lets strings through that are no text; the server refuses them and never throws.</summary>
public sealed class VariableTextTests
{
    private const string Sdl =
        """
        type Query { echo(text: String, kind: Kind, any: Any, in: In): String }
        enum Kind { A }
        scalar Any
        input In { text: String }
        """;

    private const string Refusal =
        """{"errors":[{"message":"The variables have a string that is not valid Unicode.","extensions":{"code":"BAD_USER_INPUT"}}]}""";

    [Theory]
    [InlineData("""{"text":"\ud800"}""")]
    [InlineData("""{"text":"\udc00"}""")]
    [InlineData("""{"text":"\uDC00\uD800"}""")]
    [InlineData("""{"text":"\ud800\ud800\udc00"}""")]
    [InlineData("""{"text":"\ud800\\udc00"}""")]
    [InlineData("""{"text":"a\\\ud83d"}""")]
    [InlineData("""{"text":["\ud800"]}""")]
    [InlineData("""{"kind":"\ud800"}""")]
    [InlineData("""{"any":{"a":["\ud800"]}}""")]
    [InlineData("""{"any":{"\ud800":1}}""")]
    [InlineData("""{"in":{"\ud800":1}}""")]
    [InlineData("""{"in":{"text":"\ud800"}}""")]
    [InlineData("""{"\ud800":1}""")]
    public async Task Half_a_surrogate_pair_is_refused(string variables)
    {
        await using var server = ServerHarness.Create(Sdl, builder => builder.AddTypes(typeof(Query), typeof(Kind), typeof(In)));
        await server.ExpectAsync("query($text: String, $kind: Kind, $any: Any, $in: In) { echo(text: $text, kind: $kind, any: $any, in: $in) }", Refusal, variables);
    }

    [Theory]
    [InlineData("\\ud83d\\ude00", "\\uD83D\\uDE00")]
    [InlineData("\\uD83D\\uDE00!", "\\uD83D\\uDE00!")]
    [InlineData("\\\\ud800", "\\\\ud800")]
    [InlineData("\\u00e9\\u0041\\uFFFD", "\u00e9A\uFFFD")]
    [InlineData("\\n\\\\", "\\n\\\\")]
    public async Task Every_other_escape_is_read(string text, string read)
    {
        await using var server = ServerHarness.Create(Sdl, builder => builder.AddTypes(typeof(Query), typeof(Kind), typeof(In)));
        await server.ExpectAsync("query($text: String) { echo(text: $text) }", $$$"""{"data":{"echo":"{{{read}}}"}}""", $$"""{"text":"{{text}}"}""");
    }

    [GraphQLType("Query")]
    private static class Query
    {
        public static string? Echo(string? text, Kind? kind, object? any, In? @in) => text ?? $"{kind}{any}{@in}";
    }

    [GraphQLType("Kind")]
    private enum Kind
    {
        A,
    }

    [GraphQLType("In")]
    private sealed record In(string? Text);
}
