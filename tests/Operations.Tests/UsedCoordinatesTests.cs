using GraphGateway.TypeSystem;
using Xunit;

namespace GraphGateway.Operations.Tests;

public sealed class UsedCoordinatesTests
{
    private static readonly Schema Garden = Requests.Schema(
        """
        directive @loud(by: Volume) on FIELD | QUERY | FRAGMENT_SPREAD | VARIABLE_DEFINITION
        enum Volume { LOW HIGH }
        enum Colour { RED WHITE }
        type Query { plants(filter: Filter, first: Int): [Plant!]! either: Either rose(id: ID!): Rose }
        input Filter { colours: [Colour!] not: Filter height: Range }
        input Range { from: Int to: Int }
        interface Plant { name: String colour: Colour }
        type Rose implements Plant { name: String colour: Colour thorns(min: Int): Int twin: Rose }
        type Moss implements Plant { name: String colour: Colour wet: Boolean }
        union Either = Rose | Moss
        """);

    [Theory]
    // By the type that it is selected on, with the types that fields return; meta fields are GraphQL's own.
    [InlineData(
        "{ __typename plants { __typename name } __schema { types { name } } }",
        "Plant Plant.name Query Query.plants")]
    // Arguments that are given, with a literal or a variable.
    [InlineData(
        "query ($min: Int) { rose(id: 1) { thorns(min: $min) } }",
        "Query Query.rose Query.rose(id:) Rose Rose.thorns Rose.thorns(min:)")]
    // Input fields and enum values that are written, and no others.
    [InlineData(
        "{ plants(filter: {colours: [RED], not: {height: {to: 3}}}) { name } }",
        "Colour Colour.RED Filter Filter.colours Filter.height Filter.not Plant Plant.name Query Query.plants Query.plants(filter:) Range Range.to")]
    // Of a variable's type whatever clients may send, also where a literal has named the type before.
    [InlineData(
        "query ($range: Range) @loud(by: LOW) { plants(filter: {height: $range}) { name } }",
        "@loud @loud(by:) Filter Filter.height Plant Plant.name Query Query.plants Query.plants(filter:) Range Range.from Range.to Volume Volume.LOW")]
    [InlineData(
        "query ($volume: Volume = LOW, $filter: Filter @loud(by: HIGH)) { either { ... on Rose @skip(if: true) { name } } plants(filter: $filter) { name @loud(by: $volume) } }",
        "@loud @loud(by:) Colour Colour.RED Colour.WHITE Either Filter Filter.colours Filter.height Filter.not Plant Plant.name Query Query.either Query.plants Query.plants(filter:) "
        + "Range Range.from Range.to Rose Rose.name Volume Volume.HIGH Volume.LOW")]
    // Fragments that it reaches, once each; a type that is only named counts.
    [InlineData(
        "query One { either { ... { __typename ...more } ...more } } query Other { plants { ...less } } fragment more on Either { ... on Moss { __typename } ... on Plant { ...less } } fragment less on Plant { colour }",
        "Colour Either Moss Plant Plant.colour Query Query.either")]
    public void An_operation_uses(string document, string coordinates) =>
        Assert.Equal(coordinates, string.Join(' ', UsedCoordinates.Of(Requests.Operation(Garden, document))));
}
