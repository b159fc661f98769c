using System.Text;
using GraphGateway.Language;
using GraphGateway.TestKit;
using GraphGateway.TypeSystem;
using GraphGateway.Validation;
using Xunit;

namespace GraphGateway.Operations.Tests;

/// <summary>Mutated documents go the whole way of a document: parse, validate, normalise, print.</summary>
public sealed class HostileDocumentTests
{
    private static readonly Schema Zoo = Requests.Schema(
        """
        interface Pet { name(short: Boolean): String friend: Pet }
        type Dog implements Pet { name(short: Boolean): String friend: Pet barks: Int! owner(where: Where, ids: [ID!] = ["1"]): Human }
        type Cat implements Pet { name(short: Boolean): String friend: Pet color: Color }
        type Human { name: String! pets(first: Int = 3): [Pet!]! best: DogOrCat }
        union DogOrCat = Dog | Cat
        enum Color { RED BLACK }
        input Where { name: String = "x" color: Color not: Where any: [Where!] }
        type Query { pet(id: ID!): Pet dog: Dog human(where: Where): Human }
        type Mutation { add(name: String!): Human }
        type Subscription { added: Human }
        """);

    private static readonly string[] Documents =
    [
        """
        query Q($id: ID!, $where: Where = { name: "y", any: [{ color: RED }] }, $short: Boolean = false) {
          pet(id: $id) { __typename ...P ... on Dog @include(if: $short) { barks owner(where: $where) { name pets { ...P } } } }
          dog { name friend { ...P } friend { name(short: $short) } o: owner(ids: ["1", "2"]) { best { ... on Cat { color } } } }
        }
        fragment P on Pet { name(short: $short) friend { friend { name } ...R } }
        fragment R on Pet { ... on Cat { color @skip(if: $short) } ... on Dog { barks } }
        """,
        """{ human(where: { not: { any: [{ name: null }, {}] } }) { name pets(first: 2) { a: name b: name(short: true) ... { friend { name } } } } }""",
        """mutation M($n: String!) { a: add(name: $n) { name } b: add(name: "x") { pets { ... on Pet { name } } } }""",
        """subscription S { added { name best { ... on Dog { barks } } } } query T { __schema { types { name ofType { name } } } }""",
    ];

    [Fact]
    public void Mutated_documents_are_validated_and_normalised_without_a_throw_and_printed_ones_give_the_same()
    {
        var mutations = new Mutations(new Random(Seed.Value));
        var valid = 0;
        var cases = Nightly.Cases(10_000, 300_000);
        for (var i = 0; i < cases; i++)
        {
            Minimizer.Check(i, mutations.Of(Documents[i % Documents.Length]), text => valid += Check(text) ? 1 : 0);
        }

        // Most mutations break a document; those that do not show that the whole way is gone.
        Assert.InRange(valid, cases / 200, cases);
    }

    [Fact]
    public void Nesting_as_deep_as_the_parser_allows_goes_the_whole_way()
    {
        var text = new StringBuilder("{ dog ");
        for (var i = 0; i < 198; i++)
        {
            text.Append("{ friend ");
        }

        text.Append("{ name } ").Append('}', 199);
        Assert.True(Check(Encoding.UTF8.GetBytes(text.ToString())));
    }

    private static bool Check(byte[] text)
    {
        if (Parser.ParseDocument(new SourceText(text)).Value is not { } document)
        {
            return false;
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        var result = Validator.Validate(Zoo, document);
        var normal = result.Document is null ? null : Normalize(result.Document);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 300_000 + (2_000L * text.Length));

        var again = Validator.Validate(Zoo, Parser.ParseDocument(new SourceText(Printer.Print(document))).Value!);
        Assert.Equal(result.Errors.Select(error => error.Message), again.Errors.Select(error => error.Message));
        Assert.Equal(normal, again.Document is null ? null : Normalize(again.Document));
        return result.Document is not null;
    }

    private static string Normalize(ValidDocument document)
    {
        var text = new StringBuilder();
        foreach (var operation in document.Operations)
        {
            var variables = VariableCoercion.Coerce(operation, Requests.Json("""{ "id": "1", "n": "x" }""")).Values;
            var conditions = variables is null ? null : OperationConditions.Of(operation).Read(variables).Values;
            if (conditions is not null && Normalizer.Normalize(operation, conditions).Operation is { } normal)
            {
                Write(normal.SelectionSet, text);
            }
        }

        return text.ToString();
    }

    private static void Write(NormalizedSelectionSet set, StringBuilder text)
    {
        text.Append('{');
        foreach (var field in set.Fields)
        {
            text.Append(field.ResponseKey).Append('|').Append(string.Join(',', field.AppliesTo.Ordinals())).Append(' ');
            if (field.SelectionSet is not null)
            {
                Write(field.SelectionSet, text);
            }
        }

        text.Append('}');
    }
}
