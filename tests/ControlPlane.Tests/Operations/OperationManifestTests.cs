using System.Text;
using System.Text.Json;
using Xunit;

namespace GraphGateway.ControlPlane.Tests.Operations;

public sealed class OperationManifestTests
{
    private const string Shapes =
        """Known are Apollo's, {"format": "apollo-persisted-query-manifest", "version": 1, "operations": [{"id", "name", "type", "body"}]}, and Relay's, {"ID": "TEXT"}.""";

    [Theory]
    [InlineData(
        """{"format":"apollo-persisted-query-manifest","version":1,"operations":[{"id":"1","name":"A","type":"query","body":"query A { a }"},{"id":"2","name":"B","type":"mutation","body":"mutation B { b }","clientName":"ios"}]}""",
        "1 for - query A { a }|2 for ios mutation B { b }")]
    [InlineData("""{"format":"apollo-persisted-query-manifest","version":1,"operations":[]}""", "")]
    [InlineData("""{"6b9c":"query A {\n  a\n}\n","x":"{ a }"}""", "6b9c for - query A {\n  a\n}\n|x for - { a }")]
    [InlineData("""{"format":"query F { a }","operations":"query O { a }"}""", """problem: Its format "query F { a }" is not known. """ + Shapes)]
    [InlineData("[]", "problem: It is no JSON object. " + Shapes)]
    [InlineData("""{"a":1}""", "problem: Its member \"a\" is no text. " + Shapes)]
    [InlineData("""{"format":"x","operations":[]}""", "problem: Its format \"x\" is not known. " + Shapes)]
    [InlineData("""{"format":"apollo-persisted-query-manifest","version":2,"operations":[]}""", "problem: Its version is not 1.")]
    [InlineData("""{"format":"apollo-persisted-query-manifest","version":1,"operations":{}}""", "problem: Its \"operations\" are no list.")]
    [InlineData("""{"format":"apollo-persisted-query-manifest","version":1,"operations":[{"id":"1"}]}""", "problem: Its operation 1 has no \"id\" or no \"body\", which are texts.")]
    [InlineData("""{"a":"\ud800"}""", "problem: It has a string that is not valid Unicode.")]
    public void A_manifest_is_read_or_told_what_is_wrong(string json, string expected)
    {
        var manifest = OperationManifest.Read(Encoding.UTF8.GetBytes(json));
        Assert.Equal(expected, manifest.Problem is { } problem
            ? $"problem: {problem}"
            : string.Join('|', manifest.Operations.Select(entry => $"{entry.Operation.Id} for {entry.Client ?? "-"} {entry.Operation.Text}")));
    }

    [Theory]
    [InlineData("Wrong", "query", "query Other { a }", "The manifest calls it \"Wrong\", and its body has \"Other\".")]
    [InlineData("Wrong", "query", "{ a }", "The manifest calls it \"Wrong\", and its body has no name.")]
    [InlineData("A", "mutation", "query A { a }", "The manifest says that it is a mutation, and its body has a query.")]
    [InlineData("A", "query", "mutation B { b } query A { a }", null)]
    [InlineData("A", "query", "mutation A { a } query B { b }", "The manifest says that it is a query, and its body has a mutation.")]
    [InlineData("A", "QUERY", "query A { a }", null)]
    [InlineData("", "query", "{ a }", null)]
    [InlineData("A", "query", "query A {", null)]
    [InlineData("A", "query", "fragment F on Q { a }", null)]
    public void What_a_manifest_says_of_an_operation_is_held_against_its_text(string name, string type, string body, string? expected)
    {
        var json = JsonSerializer.Serialize(new { format = "apollo-persisted-query-manifest", version = 1, operations = new[] { new { id = "1", name, type, body } } });
        Assert.Equal(expected, OperationManifest.Read(Encoding.UTF8.GetBytes(json)).Operations.Single().Mismatch);
    }

    [Fact]
    public void What_is_no_JSON_is_told() =>
        Assert.StartsWith("It is not JSON: ", OperationManifest.Read("{"u8.ToArray()).Problem, StringComparison.Ordinal);
}
