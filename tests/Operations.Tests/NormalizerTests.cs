using System.Text;
using GraphGateway.Language;
using GraphGateway.TypeSystem;
using Xunit;

namespace GraphGateway.Operations.Tests;

/// <summary>Spec §6.3.2 CollectFields, for all types at once.</summary>
public sealed class NormalizerTests
{
    private static readonly Schema Pets = Requests.Schema(
        """
        type Query { pet: Pet any: Any dog: Dog node(id: ID, deep: In): Node }
        type Mutation { feed(id: ID!): Pet }
        interface Node { id: ID! self: Node }
        interface Pet implements Node { id: ID! self: Node name: String friend: Pet }
        type Dog implements Pet & Node { id: ID! self: Dog name: String friend: Dog barks: Boolean }
        type Cat implements Pet & Node { id: ID! self: Cat name: String friend: Pet meows: Boolean }
        type Stone implements Node { id: ID! self: Node weight(unit: Unit = KG): Float }
        union Any = Dog | Stone
        enum Unit { KG LB }
        input In { list: [In] id: ID }
        """);

    // One line a field: alias, the type it is selected on, the arguments, the types it applies to where these are not all of the position, and those that it is selected of earlier, on another type.
    private static string Show(NormalizedOperation operation)
    {
        var text = new StringBuilder();
        Append(text, operation.SelectionSet, "");
        return text.ToString().TrimEnd('\n');
    }

    private static void Append(StringBuilder text, NormalizedSelectionSet set, string indent)
    {
        foreach (var field in set.Fields)
        {
            var alias = field.ResponseKey == field.Definition.Name ? "" : $"{field.ResponseKey}: ";
            var arguments = field.Arguments.IsEmpty ? "" : $"({string.Join(", ", field.Arguments.Select(Printer.Print))})";
            var types = field.AppliesTo == set.Type.PossibleTypes ? "" : $" for {Names(field.AppliesTo)}";
            var earlier = string.Concat(field.SelectedEarlier.Select(selected => $", earlier on {selected.Type} for {Names(selected.Types)}"));
            text.Append($"{indent}{alias}{field.ParentType}.{field.Definition.Name}{arguments}{types}{earlier}\n");
            if (field.SelectionSet is not null)
            {
                Append(text, field.SelectionSet, indent + "  ");
            }
        }
    }

    private static string Names(TypeSet types) => string.Join(' ', types.Ordinals().Select(ordinal => Pets.ObjectTypes[ordinal].Name));

    private static NormalizedOperation Normalize(string document, string? variables = null)
    {
        var operation = Requests.Operation(Pets, document);
        var conditions = OperationConditions.Of(operation).Read(Requests.Variables(operation, variables));
        var result = Normalizer.Normalize(operation, conditions.Values!);
        Assert.Null(result.Error);
        return result.Operation!;
    }

    private static void Expect(string document, string expected, string? variables = null) =>
        Assert.Equal(expected, Show(Normalize(document, variables)));

    [Fact]
    public void Fields_of_one_response_key_are_merged_where_the_first_stands() => Expect(
        "{ dog { name } __typename other: dog { id } dog { barks name } ...F } fragment F on Query { dog { n: name } }",
        """
        Query.dog
          Dog.name
          Dog.barks
          n: Dog.name
        Query.__typename
        other: Query.dog
          Dog.id
        """);

    [Fact]
    public void Fragments_narrow_the_types_that_their_fields_apply_to() => Expect(
        """
        { pet { id ... on Dog { barks ... on Node { ... on Cat { meows } } } ...C ... on Node { __typename } ... { name } } }
        fragment C on Cat { meows ...N }
        fragment N on Node { ... on Pet { x: name } }
        """,
        """
        Query.pet
          Pet.id
          Dog.barks for Dog
          Cat.meows for Cat
          x: Pet.name for Cat
          Node.__typename
          Pet.name
        """);

    [Fact]
    public void A_composite_field_is_split_between_types_that_select_different_things_below() => Expect(
        "{ pet { friend { id } ... on Dog { friend { barks } name } ... on Cat { friend { name } } } }",
        """
        Query.pet
          Pet.friend for Dog
            Pet.id for Dog
            Dog.barks for Dog
          Pet.friend for Cat
            Pet.id
            Pet.name
          Dog.name for Dog
        """);

    [Fact]
    public void The_order_for_each_type_is_that_of_its_first_occurrences() => Expect(
        "{ pet { ... on Cat { name id } id name } }",
        """
        Query.pet
          Cat.name for Cat
          Pet.id, earlier on Cat for Cat
          Pet.name for Dog
        """);

    [Fact]
    public void A_leaf_that_some_types_select_and_then_all_is_one_field() => Expect(
        "{ pet { ... on Cat { name } name x: id ... on Dog { id } id } }",
        """
        Query.pet
          Pet.name, earlier on Cat for Cat
          x: Pet.id
          Pet.id, earlier on Dog for Dog
        """);

    [Fact]
    public void A_leaf_that_is_of_more_types_each_time_tells_where_each_type_had_it_first()
    {
        const string document = "{ node(id: 1) { ... on Cat { id } ... on Pet { id } ... on Cat { id } id } }";
        Expect(
            document,
            """
            Query.node(id: 1)
              Node.id, earlier on Cat for Cat, earlier on Pet for Dog Cat
            """);
        var id = Normalize(document).SelectionSet.Fields[0].SelectionSet!.Fields[0];
        Assert.Equal("Dog on Pet, Cat on Cat, Stone on Node", string.Join(", ", id.AppliesTo.Ordinals().Select(ordinal => $"{Pets.ObjectTypes[ordinal].Name} on {id.SelectedOn(ordinal)}")));
    }

    [Fact]
    public void Fragments_on_types_that_cannot_occur_select_nothing() => Expect(
        "{ any { ... on Pet { name ... on Node { ... on Stone { weight } } } } dog { ...P } } fragment P on Pet { friend { id } }",
        """
        Query.any
          Pet.name for Dog
        Query.dog
          Pet.friend
            Pet.id
        """);

    [Fact]
    public void A_fragment_counts_once_for_each_type() => Expect(
        "{ pet { ... on Dog { ...F } ... on Cat { a: id ...F } ...F ...F } } fragment F on Pet { name }",
        """
        Query.pet
          Pet.name for Dog
          a: Cat.id for Cat
          Pet.name for Cat
        """);

    [Fact] // Spec §3.13.1, §3.13.2
    public void Conditions_are_decided()
    {
        const string document =
            """
            query Q($a: Boolean!, $b: Boolean = true, $id: ID) {
              dog @include(if: $a) { id }
              x: dog @skip(if: true) { id }
              ... @skip(if: $b) { y: dog { id } }
              ...F @include(if: $b) @skip(if: $a)
              ...F
              node(id: $id) @include(if: $a) { id }
            }
            fragment F on Query { z: dog { name @include(if: false) id } }
            """;
        Expect(document, "z: Query.dog\n  Dog.id", """{ "a": false }""");
        Expect(
            document,
            """
            Query.dog
              Dog.id
            y: Query.dog
              Dog.id
            z: Query.dog
              Dog.id
            Query.node(id: $id)
              Node.id
            """,
            """{ "a": true, "b": false }""");
    }

    [Fact]
    public void The_conditions_of_an_operation_are_its_variables_in_order_of_use()
    {
        var operation = Requests.Operation(
            Pets,
            """
            query ($a: Boolean!, $b: Boolean = true, $c: Boolean!) { ...F dog @skip(if: $c) { id } }
            fragment F on Query { pet @include(if: $b) { id @skip(if: true) } dog @include(if: $a) @skip(if: $c) { id } }
            """);
        var conditions = OperationConditions.Of(operation);

        Assert.Equal("b a c", string.Join(' ', conditions.Variables));
        Assert.Equal("101", conditions.Read(Requests.Variables(operation, """{ "a": false, "c": true }""")).Values!.Key);
        Assert.Equal(
            "Argument \"if\" of non-null type \"Boolean!\" must not be null. (2:40)",
            Requests.Show([conditions.Read(Requests.Variables(operation, """{ "a": false, "b": null, "c": true }""")).Error!]));
    }

    [Fact]
    public void Only_used_variables_are_kept()
    {
        var operation = Normalize(
            """
            query Q($a: Boolean!, $used: ID, $gone: ID, $deep: ID) {
              node(deep: { list: [{ id: $deep }] }, id: $used) { id }
              other: node(id: $gone) @include(if: $a) { id }
            }
            """,
            """{ "a": false }""");

        Assert.Equal(["used", "deep"], operation.Variables.Select(static variable => variable.Variable.Name.Value));
        Assert.Equal("Q", operation.Name);
        Assert.Equal(OperationType.Query, operation.Kind);
    }

    [Fact]
    public void What_is_all_skipped_leaves_an_empty_selection_set() => Expect(
        "mutation { feed(id: 1) { id @skip(if: true) } }",
        "Mutation.feed(id: 1)");

    [Fact]
    public void Types_below_a_field_are_those_that_every_selection_allows() => Expect(
        "{ pet { ... on Dog { self { barks } } ... on Node { self { id } } } }",
        """
        Query.pet
          Dog.self for Dog
            Dog.barks
            Node.id
          Node.self for Cat
            Node.id
        """);

    [Fact]
    public void Introspection_fields_are_fields_of_the_query_root() => Expect(
        """{ __schema { types { name } } __type(name: "Dog") { kind __typename } }""",
        """
        Query.__schema
          __Schema.types
            __Type.name
        Query.__type(name: "Dog")
          __Type.kind
          __Type.__typename
        """);

    [Fact]
    public void Fragments_that_multiply_are_stopped_at_the_limit()
    {
        var fragments = string.Concat(Enumerable.Range(0, 40).Select(static i =>
            $"fragment F{i} on Dog {{ a: self {{ ...F{i + 1} }} b: self {{ ...F{i + 1} }} }}\n"));
        var operation = Requests.Operation(Pets, "{ dog { ...F0 } }\n" + fragments + "fragment F40 on Dog { id }");

        var result = Normalizer.Normalize(operation, ConditionValues.None);

        Assert.Equal(ErrorCode.MaxFieldsExceeded, result.Error!.Code);
        Assert.Equal("The operation selects more than 100000 fields.", result.Error.Message);
    }

    [Fact]
    public void Fragments_that_nest_are_stopped_at_the_limit()
    {
        var fragments = string.Concat(Enumerable.Range(0, 600).Select(static i => $"fragment F{i} on Dog {{ self {{ ...F{i + 1} }} }}\n"));
        var operation = Requests.Operation(Pets, "{ dog { ...F0 } }\n" + fragments + "fragment F600 on Dog { id }");

        var result = Normalizer.Normalize(operation, ConditionValues.None);

        Assert.Equal(ErrorCode.MaxDepthExceeded, result.Error!.Code);
        Assert.Equal("The operation is nested deeper than 500 selection sets.", result.Error.Message);
    }

    [Fact]
    public void Ten_thousand_repeated_fields_merge_into_one() => Expect(
        $"{{ dog {{ {string.Concat(Enumerable.Repeat("self { id } name ", 10_000))} }} }}",
        """
        Query.dog
          Dog.self
            Dog.id
          Dog.name
        """);
}
