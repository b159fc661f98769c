using GraphGateway.Subgraphs.Server;
using Xunit;

namespace GraphGateway.Subgraphs.Tests;

/// <summary>What the start of a server checks, and what it says.</summary>
public sealed class BindingTests
{
    [Fact]
    public void Types_that_the_schema_does_not_have_are_told()
    {
        var result = ServerHarness.Bind(
            "type Query { a: Kind } enum Kind { ONE_TWO THREE }",
            server => server.AddTypes(typeof(Faulty.Nothing), typeof(Faulty.Kind)));
        AssertProblems(
            [
                "Nothing stands for Nothing, which the schema does not have.",
                "Kind has no member for Kind.THREE.",
                "Kind has a member for Kind.FOUR, which the schema does not have.",
            ],
            result);
    }

    [Fact]
    public void Resolvers_and_properties_that_do_not_fit_are_told()
    {
        var result = ServerHarness.Bind(
            """
            type Query { thing(id: ID!, size: Int, extra: Int): Thing count: Int! names: [String!]! missing: Int page: Thing }
            type Thing { id: ID! size: Float! late: Int wrong: String! }
            type Bare { x: Int }
            """,
            server => server.AddTypes(typeof(Faulty.Query), typeof(Faulty.Thing)));
        AssertProblems(
            [
                "Query.ThingAsync, the resolver of Query.thing, does not fit its argument \"size\": the schema says Int, which can be null, and the C# type Int32 cannot.",
                "Query.ThingAsync, the resolver of Query.thing, has a parameter \"clock\" that is neither an argument of Query.thing nor a service: TimeProvider is not registered.",
                "Query.ThingAsync, the resolver of Query.thing, does not take the argument \"extra\".",
                "Query.Count, the resolver of Query.count, does not fit: the schema says Int! and the C# type Int32? can be null.",
                "Query.Names, the resolver of Query.names, does not fit: the schema says [String!] and the C# type String is no list.",
                "Query.missing has no resolver, and no C# type stands for Query.",
                "Query.Page, the resolver of Query.page, asks for a page of Thing, and Thing is no connection of it.",
                "Query.More resolves Query.more, which the schema does not have.",
                "Thing.late has neither a resolver nor a property of Thing.",
                "Thing.wrong: the schema says String and the C# type is Int32 (Thing.Wrong).",
                "Bare.x has no resolver, and no C# type stands for Bare.",
            ],
            result);
    }

    [Fact]
    public void A_schema_that_is_none_is_told_with_its_place()
    {
        AssertProblems(["schema.graphqls:1:14: Syntax Error: Expected Name, found \"}\"."], ServerHarness.Bind("type Query { }", _ => { }));
        AssertProblems(["schema.graphqls:1:17: Unknown type \"Nope\"."], ServerHarness.Bind("type Query { a: Nope }", _ => { }));
    }

    [Fact]
    public void A_default_that_is_no_value_of_its_type_is_told()
    {
        var result = ServerHarness.Bind(
            "scalar Decimal type Query { a(d: Decimal = \"abc\"): Int }",
            server => server.Resolve("Query", "a", _ => new(1)));
        AssertProblems(["The default of Query.a(d:), \"abc\", is not a value of Decimal."], result);
    }

    [Fact]
    public async Task The_dialects_directives_need_no_definition_and_those_not_used_are_not_there()
    {
        await using var server = ServerHarness.Create(
            """
            type Query { a(id: ID! @is(field: "id")): A @lookup @cost(weight: "10") }
            type A @key(fields: "id") { id: ID! b(x: Int @require(field: "c")): Int @shareable }
            """,
            server => server.ResolveOthers(_ => new((object?)null)));
        await server.ExpectAsync(
            "{ __schema { directives { name } } }",
            """{"data":{"__schema":{"directives":[{"name":"key"},{"name":"lookup"},{"name":"is"},{"name":"require"},{"name":"shareable"},{"name":"cost"},{"name":"include"},{"name":"skip"},{"name":"deprecated"},{"name":"specifiedBy"},{"name":"oneOf"}]}}}""");
    }

    [Fact]
    public void A_description_is_in_the_sdl_as_it_was_written()
    {
        var result = ServerHarness.Bind(
            """
            "A list:\n  - one\n"
            type Query { "Two\nlines." a: Int }
            """,
            server => server.Resolve("Query", "a", _ => new(1)));
        Assert.Equal(
            """"
            "A list:\n  - one\n"
            type Query {
              """
              Two
              lines.
              """
              a: Int
            }
            """",
            result.Schema!.ToSdl());
    }

    [Fact]
    public void The_sdl_is_read_off_the_csharp_signatures()
    {
        var result = ServerHarness.Bind(
            """
            type Query { thing(id: ID): Thing names: [String] }
            "A thing."
            type Thing { id: ID }
            """,
            server => server.AddTypes(typeof(Honest.Query), typeof(Honest.Thing)));
        Assert.Equal(
            """
            type Query {
              thing(id: ID): Thing
              names: [String!]!
            }

            "A thing."
            type Thing {
              id: ID!
            }
            """,
            result.Schema!.ToSdl());
    }

    [Fact]
    public async Task Input_objects_optionals_enums_ids_and_interfaces_become_csharp_and_back()
    {
        await using var server = ServerHarness.Create(
            """
            type Query { describe(input: ThingInput!, ids: [ID!]!, when: DateTime, kinds: [Kind!] = [ONE_TWO]): String! shapes: [Shape!]! money: Decimal! at: DateTime! }
            input ThingInput { name: String! size: Int! = 3 note: String parts: [PartInput!] kind: Kind }
            input PartInput { id: ID! }
            enum Kind { ONE_TWO FOUR }
            interface Shape { area: Float! }
            type Square implements Shape { area: Float! side: Int! }
            type Circle implements Shape { area: Float! radius: Int! }
            scalar DateTime
            scalar Decimal
            """,
            server => server.AddTypes(typeof(Rich.Query), typeof(Rich.ThingInput), typeof(Rich.PartInput), typeof(Faulty.Kind), typeof(Rich.Square), typeof(Rich.Circle)));
        await server.ExpectAsync(
            """
            {
              a: describe(input: { name: "n" }, ids: ["7", 8])
              b: describe(input: { name: "n", size: 4, note: null, parts: [{ id: "5" }, { id: 6 }], kind: FOUR }, ids: 9, when: "2024-02-29T12:00:00+02:00", kinds: [FOUR, ONE_TWO])
              shapes { __typename area ... on Square { side } ... on Circle { radius } }
              money at
            }
            """,
            """{"data":{"a":"n 3 no note no parts  7,8 no time OneTwo","b":"n 4 note= 5,6 Four 9 2024-02-29T10:00:00.0000000Z Four,OneTwo","shapes":[{"__typename":"Square","area":4,"side":2},{"__typename":"Circle","area":3.14,"radius":1}],"money":12.50,"at":"2024-02-29T10:00:00.5Z"}}""");
        await server.ExpectAsync(
            "{ describe(input: { name: \"n\" }, ids: [\"x\"]) }",
            """{"errors":[{"message":"The value \"x\" cannot be used here.","locations":[{"line":1,"column":3}],"path":["describe"],"extensions":{"code":"BAD_USER_INPUT"}}],"data":null}""");
    }

    private static void AssertProblems(string[] expected, BindingResult result)
    {
        Assert.Equal(string.Join("\n", expected), string.Join("\n", result.Problems));
        Assert.Null(result.Schema);
    }

    private static class Honest
    {
        [GraphQLType("Query")]
        public static class Query
        {
            public static Thing? Thing(string? id) => id is null ? null : new(id);

            public static IReadOnlyList<string> Names() => [];
        }

        [GraphQLType("Thing")]
        public sealed record Thing(string Id);
    }

    private static class Rich
    {
        [GraphQLType("Query")]
        public static class Query
        {
            public static string Describe(ThingInput input, IReadOnlyList<int> ids, DateTime? when, IReadOnlyList<Faulty.Kind>? kinds) =>
                string.Join(
                    ' ',
                    input.Name,
                    input.Size,
                    input.Note.HasValue ? $"note={input.Note.Value}" : "no note",
                    input.Parts is null ? "no parts" : string.Join(',', input.Parts.Select(part => part.Id)),
                    input.Kind,
                    string.Join(',', ids),
                    when?.ToString("O") ?? "no time",
                    string.Join(',', kinds ?? []));

            public static IShape[] Shapes() => [new Square(2), new Circle(1)];

            public static decimal Money() => 12.50m;

            public static DateTimeOffset At() => new(2024, 2, 29, 10, 0, 0, 500, TimeSpan.Zero);
        }

        [GraphQLType("ThingInput")]
        public sealed record ThingInput(string Name, int Size, Optional<string?> Note, IReadOnlyList<PartInput>? Parts)
        {
            public Faulty.Kind? Kind { get; init; }
        }

        [GraphQLType("PartInput")]
        public sealed record PartInput(long Id);

        public interface IShape;

        [GraphQLType("Square")]
        public sealed record Square(int Side) : IShape
        {
            public double Area => Side * Side;
        }

        [GraphQLType("Circle")]
        public sealed record Circle(int Radius) : IShape
        {
            public double Area => 3.14 * Radius * Radius;
        }
    }

    private static class Faulty
    {
        [GraphQLType("Query")]
        public static class Query
        {
            public static Task<Thing?> ThingAsync(string id, int size, TimeProvider clock) => Task.FromResult<Thing?>(null);

            public static int? Count() => null;

            public static string Names() => "";

            public static Thing? Page(PageRequest<Thing> page) => null;

            public static int More() => 1;
        }

        [GraphQLType("Thing")]
        public sealed record Thing(string Id, double Size, int Wrong);

        [GraphQLType("Nothing")]
        public sealed record Nothing;

        [GraphQLType("Kind")]
        public enum Kind
        {
            OneTwo,
            Four,
        }
    }
}
