using System.Text.Json;
using Xunit;

namespace GraphGateway.Conformance.Section7;

/// <summary>
/// <see href="https://spec.graphql.org/September2025/#sec-Extensions">Extensions</see>;
/// <see href="https://spec.graphql.org/September2025/#sec-Additional-Entries">Additional Entries</see>.
/// Of a response: the service adds none, and nothing else.
/// </summary>
public sealed class ExtensionsTests
{
    private const string Sdl =
        """
        type Query { a: Int! }
        """;

    [Theory]
    [InlineData("""{"a": 1}""", "{ a }", "data")]
    [InlineData("{}", "{ a }", "errors data")]
    [InlineData("{}", "{ b }", "errors")]
    [InlineData("{}", "{", "errors")]
    public async Task A_response_has_no_other_entries(string data, string document, string entries)
    {
        using var answer = JsonDocument.Parse(await Service.AnswerAsync(Sdl, data, document));

        Assert.Equal(entries, string.Join(' ', answer.RootElement.EnumerateObject().Select(entry => entry.Name)));
    }

    [Theory]
    [InlineData("{}", "{ a }", "message locations path extensions")]
    [InlineData("{}", "{ b }", "message locations extensions")]
    public async Task An_error_has_no_other_entries(string data, string document, string entries)
    {
        using var answer = JsonDocument.Parse(await Service.AnswerAsync(Sdl, data, document));
        var error = Assert.Single(answer.RootElement.GetProperty("errors").EnumerateArray());

        Assert.Equal(entries, string.Join(' ', error.EnumerateObject().Select(entry => entry.Name)));
    }
}
