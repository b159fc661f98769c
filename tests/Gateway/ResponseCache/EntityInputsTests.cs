using System.Text;
using System.Text.Json;
using GraphGateway.Language;
using GraphGateway.TypeSystem.Supergraphs;
using Xunit;

namespace GraphGateway.Gateway.Tests.ResponseCache;

/// <summary>By what entities are known when something is to be forgotten: their representations, and the arguments of their lookups.</summary>
public sealed class EntityInputsTests
{
    private const string Lookups = """
        schema @gateway__supergraph(version: 1) { query: Query }
        enum gateway__Source { SHOP @gateway__source(name: "shop", dialect: COMPOSITE) }
        type Query @gateway__type(in: SHOP) { item(id: ID!): Item @gateway__field(in: SHOP) }
        type Item
          @gateway__type(in: SHOP)
          @gateway__lookup(in: SHOP, key: "id", field: "item", arguments: [{ name: "id", type: "ID!", map: "id" }])
          @gateway__lookup(in: SHOP, key: "sku", field: "bySku", arguments: [{ name: "code", type: "String!", map: "sku" }])
          @gateway__lookup(in: SHOP, key: "sku", field: "byAny", arguments: [{ name: "any", type: "String!", map: "sku" }])
          @gateway__lookup(in: SHOP, key: "id", field: "byOther", arguments: [{ name: "any", type: "String!", map: "id" }]) {
          id: ID! @gateway__field(in: SHOP)
          sku: String! @gateway__field(in: SHOP)
        }
        """;

    [Theory]
    [InlineData("on", "flag-true")]
    [InlineData("off", "flag-false")]
    [InlineData("size", "flag-1.50")]
    [InlineData("name", "flag-a \"b\"")]
    [InlineData("org.id", "flag-7")]
    [InlineData("none", null)]
    [InlineData("missing", null)]
    [InlineData("org", null)]
    public void A_tag_has_a_key_as_JSON_has_it(string path, string? expected)
    {
        var inputs = Inputs("""{"__typename":"Flag","on":true,"off":false,"size":1.50,"name":"a \"b\"","org":{"id":7},"none":null}""");
        Assert.Equal(expected, TagFormat.Parse($"flag-{{$key.{path}}}").Write(inputs.TextOf));
    }

    [Theory]
    [InlineData("""{"id":"1"}""", true)]
    [InlineData("""{"id":1}""", true)]
    [InlineData("""{"id":"2"}""", false)]
    [InlineData("""{"on":true}""", true)]
    [InlineData("""{"on":"true"}""", true)]
    [InlineData("""{"on":false}""", false)]
    [InlineData("""{"org":{"id":"7"}}""", true)]
    [InlineData("""{"org":{"id":"8"}}""", false)]
    [InlineData("""{"org":{"name":"n"}}""", true)]
    [InlineData("""{"sku":"s"}""", true)]
    [InlineData("""{"sku":"s","id":"2"}""", false)]
    public void An_entity_can_be_the_one_of_a_key_unless_it_says_something_else(string key, bool expected)
    {
        using var json = JsonDocument.Parse(key);
        Assert.Equal(expected, Inputs("""{"__typename":"Item","id":"1","on":true,"org":{"id":7}}""").CanHave(json.RootElement));
    }

    [Theory]
    [InlineData("""{"id":"1"}""", true)]
    [InlineData("""{"id":"2"}""", false)]
    [InlineData("""{"other":"x"}""", true)]
    public void Of_a_lookup_those_arguments_count_of_which_it_is_known_what_they_are(string key, bool expected)
    {
        using var json = JsonDocument.Parse(key);
        Assert.Equal(expected, new EntityInputs("\"9\",\"1\""u8.ToArray(), ["", "id"]).CanHave(json.RootElement));
    }

    [Theory]
    [InlineData("id", "id")]
    [InlineData("code", "sku")]
    [InlineData("any", null)]
    [InlineData("none", null)]
    public void An_argument_of_a_lookup_is_a_field_where_all_lookups_say_the_same(string argument, string? field)
    {
        var graph = SupergraphReader.Read(new SourceText(Lookups)).Supergraph!;
        Assert.Equal(field, EntityKeys.FieldOf(graph, graph.Sources[0], "Item", argument));
        Assert.Equal(["id", "sku"], EntityKeys.FieldsOf(graph, graph.Sources[0], "Item"));
    }

    private static EntityInputs Inputs(string representation) => new(Encoding.UTF8.GetBytes(representation), []);
}
