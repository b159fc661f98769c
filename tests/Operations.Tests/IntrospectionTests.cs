using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using GraphGateway.Language;
using GraphGateway.TypeSystem;
using Xunit;

namespace GraphGateway.Operations.Tests;

/// <summary>Spec §4 Introspection. Expected answers are graphql-js 16's.</summary>
public sealed class IntrospectionTests
{
    private static readonly Schema Shop = Requests.Schema(
        """"
        "A shop"
        schema { query: Root mutation: Write }
        "Where it starts"
        type Root implements Node { id: ID! find(by: By!, first: Int = 10, old: Int @deprecated(reason: "x")): [Thing!] gone: Int @deprecated }
        type Write { buy: Int }
        interface Node { id: ID! }
        union Thing = Root | Write
        enum Size { S "Large" L XL @deprecated(reason: "use L") }
        input By @oneOf { id: ID sizes: [Size!] }
        input Filter { a: [Size!]! = S b: Sub = { c: 1 } c: Float = 1.50 n: Int = -0 f: Float = 1e400 old: Int @deprecated }
        input Sub { c: Float d: [Size!]! = S e: ID = "7" }
        scalar Url @specifiedBy(url: "https://url.spec")
        "Marks"
        directive @mark(f: Filter, old: Int @deprecated) repeatable on FIELD | OBJECT
        """");

    private static string Answer(string document, string? variables = null)
    {
        var operation = Requests.Operation(Shop, document);
        var values = Requests.Variables(operation, variables);
        using var stream = new MemoryStream();
        using var writer = new Utf8JsonWriter(
            stream, new JsonWriterOptions { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        writer.WriteStartObject();
        var conditions = OperationConditions.Of(operation).Read(values).Values!;
        foreach (var field in Normalizer.Normalize(operation, conditions).Operation!.SelectionSet.Fields)
        {
            writer.WritePropertyName(field.ResponseKey);
            var error = IntrospectionExecutor.Write(writer, Shop, field, operation.Document.Document.Source, values);
            Assert.Null(error);
        }

        writer.WriteEndObject();
        writer.Flush();
        return Encoding.UTF8.GetString(stream.ToArray());
    }

    private static void Expect(string document, string expected, string? variables = null) => Assert.Equal(
        JsonSerializer.Serialize(Requests.Json(expected)), JsonSerializer.Serialize(Requests.Json(Answer(document, variables))));

    [Fact] // Spec §4.2.1
    public void The_schema() => Expect(
        """
        { s: __schema { __typename description queryType { name } mutationType { kind name } subscriptionType { name }
          types { name } directives { name isRepeatable locations args { name } } } }
        """,
        """
        { "s": {
          "__typename": "__Schema",
          "description": "A shop",
          "queryType": { "name": "Root" },
          "mutationType": { "kind": "OBJECT", "name": "Write" },
          "subscriptionType": null,
          "types": [
            { "name": "Root" }, { "name": "Write" }, { "name": "Node" }, { "name": "Thing" }, { "name": "Size" }, { "name": "By" },
            { "name": "Filter" }, { "name": "Sub" }, { "name": "Url" },
            { "name": "Int" }, { "name": "Float" }, { "name": "String" }, { "name": "Boolean" }, { "name": "ID" },
            { "name": "__Schema" }, { "name": "__Type" }, { "name": "__TypeKind" }, { "name": "__Field" }, { "name": "__InputValue" },
            { "name": "__EnumValue" }, { "name": "__Directive" }, { "name": "__DirectiveLocation" }
          ],
          "directives": [
            { "name": "mark", "isRepeatable": true, "locations": ["FIELD", "OBJECT"], "args": [{ "name": "f" }] },
            { "name": "include", "isRepeatable": false, "locations": ["FIELD", "FRAGMENT_SPREAD", "INLINE_FRAGMENT"], "args": [{ "name": "if" }] },
            { "name": "skip", "isRepeatable": false, "locations": ["FIELD", "FRAGMENT_SPREAD", "INLINE_FRAGMENT"], "args": [{ "name": "if" }] },
            { "name": "deprecated", "isRepeatable": false,
              "locations": ["FIELD_DEFINITION", "ARGUMENT_DEFINITION", "INPUT_FIELD_DEFINITION", "ENUM_VALUE"], "args": [{ "name": "reason" }] },
            { "name": "specifiedBy", "isRepeatable": false, "locations": ["SCALAR"], "args": [{ "name": "url" }] },
            { "name": "oneOf", "isRepeatable": false, "locations": ["INPUT_OBJECT"], "args": [] }
          ]
        } }
        """);

    [Fact] // Spec §4.2.2, §4.2.3, §4.2.4
    public void Fields_and_their_arguments() => Expect(
        """
        query ($old: Boolean) {
          __type(name: "Root") {
            kind name description interfaces { name } possibleTypes { name } enumValues { name } inputFields { name } ofType { name } isOneOf
            fields { name args { name type { kind name ofType { name kind } } defaultValue isDeprecated } type { kind ofType { kind ofType { name } } } }
            all: fields(includeDeprecated: $old) { name isDeprecated deprecationReason args(includeDeprecated: true) { name deprecationReason } }
          }
        }
        """,
        """
        { "__type": {
          "kind": "OBJECT", "name": "Root", "description": "Where it starts", "interfaces": [{ "name": "Node" }],
          "possibleTypes": null, "enumValues": null, "inputFields": null, "ofType": null, "isOneOf": null,
          "fields": [
            { "name": "id", "args": [], "type": { "kind": "NON_NULL", "ofType": { "kind": "SCALAR", "ofType": null } } },
            { "name": "find",
              "args": [
                { "name": "by", "type": { "kind": "NON_NULL", "name": null, "ofType": { "name": "By", "kind": "INPUT_OBJECT" } },
                  "defaultValue": null, "isDeprecated": false },
                { "name": "first", "type": { "kind": "SCALAR", "name": "Int", "ofType": null }, "defaultValue": "10", "isDeprecated": false }
              ],
              "type": { "kind": "LIST", "ofType": { "kind": "NON_NULL", "ofType": { "name": "Thing" } } } }
          ],
          "all": [
            { "name": "id", "isDeprecated": false, "deprecationReason": null, "args": [] },
            { "name": "find", "isDeprecated": false, "deprecationReason": null,
              "args": [
                { "name": "by", "deprecationReason": null }, { "name": "first", "deprecationReason": null }, { "name": "old", "deprecationReason": "x" }
              ] },
            { "name": "gone", "isDeprecated": true, "deprecationReason": "No longer supported", "args": [] }
          ]
        } }
        """,
        """{ "old": true }""");

    [Fact] // Spec §4.2.2
    public void Types_of_every_kind() => Expect(
        """
        {
          node: __type(name: "Node") { kind possibleTypes { name } fields { name } interfaces { name } }
          thing: __type(name: "Thing") { kind possibleTypes { name } fields { name } interfaces { name } }
          size: __type(name: "Size") { kind enumValues { name description } all: enumValues(includeDeprecated: true) { name isDeprecated deprecationReason } }
          by: __type(name: "By") { kind isOneOf inputFields { name } }
          filter: __type(name: "Filter") { isOneOf inputFields { name defaultValue } all: inputFields(includeDeprecated: true) { name isDeprecated } }
          url: __type(name: "Url") { kind specifiedByURL }
          id: __type(name: "ID") { kind specifiedByURL }
          none: __type(name: "None") { kind }
        }
        """,
        """
        {
          "node": { "kind": "INTERFACE", "possibleTypes": [{ "name": "Root" }], "fields": [{ "name": "id" }], "interfaces": [] },
          "thing": { "kind": "UNION", "possibleTypes": [{ "name": "Root" }, { "name": "Write" }], "fields": null, "interfaces": null },
          "size": { "kind": "ENUM",
            "enumValues": [{ "name": "S", "description": null }, { "name": "L", "description": "Large" }],
            "all": [
              { "name": "S", "isDeprecated": false, "deprecationReason": null }, { "name": "L", "isDeprecated": false, "deprecationReason": null },
              { "name": "XL", "isDeprecated": true, "deprecationReason": "use L" }
            ] },
          "by": { "kind": "INPUT_OBJECT", "isOneOf": true, "inputFields": [{ "name": "id" }, { "name": "sizes" }] },
          "filter": { "isOneOf": false,
            "inputFields": [
              { "name": "a", "defaultValue": "[S]" }, { "name": "b", "defaultValue": "{c: 1, d: [S], e: 7}" },
              { "name": "c", "defaultValue": "1.5" }, { "name": "n", "defaultValue": "0" }, { "name": "f", "defaultValue": "1e400" }
            ],
            "all": [
              { "name": "a", "isDeprecated": false }, { "name": "b", "isDeprecated": false }, { "name": "c", "isDeprecated": false },
              { "name": "n", "isDeprecated": false }, { "name": "f", "isDeprecated": false },
              { "name": "old", "isDeprecated": true }
            ] },
          "url": { "kind": "SCALAR", "specifiedByURL": "https://url.spec" },
          "id": { "kind": "SCALAR", "specifiedByURL": null },
          "none": null
        }
        """);

    [Fact]
    public void An_executor_on_the_syntax_tree_gets_the_same_answer()
    {
        var operation = Requests.Operation(
            Shop, "query ($x: Boolean!) { __type(name: \"Url\") { kind } ...F } fragment F on Root { __type(name: \"Url\") { kind n: name @skip(if: $x) } }");
        var first = (FieldNode)operation.Definition.SelectionSet.Selections[0];
        var second = (FieldNode)operation.Document.Fragments["F"].SelectionSet.Selections[0];
        using var stream = new MemoryStream();
        using var writer = new Utf8JsonWriter(stream);

        var error = IntrospectionExecutor.Write(writer, operation, [first, second], Requests.Variables(operation, """{ "x": false }"""));

        writer.Flush();
        Assert.Null(error);
        Assert.Equal("""{"kind":"SCALAR","n":"Url"}""", Encoding.UTF8.GetString(stream.ToArray()));
    }

    [Fact]
    public void A_name_that_turns_out_null_is_an_error_of_the_field()
    {
        var operation = Requests.Operation(Shop, "query ($n: String = \"Url\") { __type(name: $n) { kind } }");
        var field = (FieldNode)operation.Definition.SelectionSet.Selections[0];
        using var stream = new MemoryStream();
        using var writer = new Utf8JsonWriter(stream);

        var error = IntrospectionExecutor.Write(writer, operation, [field], Requests.Variables(operation, """{ "n": null }"""));

        writer.Flush();
        Assert.Equal("Argument \"name\" of non-null type \"String!\" must not be null. (1:43)", Requests.Show([error!]));
        Assert.Equal("null", Encoding.UTF8.GetString(stream.ToArray()));
    }
}
