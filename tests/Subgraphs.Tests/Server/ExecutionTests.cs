using GraphGateway.Subgraphs.Server;
using Xunit;

namespace GraphGateway.Subgraphs.Tests;

/// <summary>The spec's execution algorithms (§6), on resolvers that are delegates and data that are dictionaries.</summary>
public sealed class ExecutionTests
{
    private const string Sdl =
        """
        type Query {
          hero: Character
          ship: Ship!
          ships: [Ship!]
          maybeShips: [Ship]
          grid: [[Int!]]
          echo(text: String = "default", numbers: [Int!], point: PointInput, side: Side): String
          boom: String
          told: String
          wrongInt: Int
          notAList: [Int]
        }
        type Mutation { append(value: Int!): [Int!]! fail: Int! }
        interface Character { name: String! friend: Character }
        type Human implements Character { name: String! friend: Character home: String }
        type Droid implements Character { name: String! friend: Character model: Int }
        type Ship { name: String! length: Float captain: Human! side: Side }
        enum Side { LIGHT DARK }
        input PointInput { x: Int! = 1 y: Int }
        """;

    private readonly List<int> appended = [];

    private ServerHarness Create() => ServerHarness.Create(Sdl, server =>
    {
        var luke = Human("Luke", home: "Tatooine");
        var droid = Object("Droid", ("name", "R2-D2"), ("model", 2), ("friend", luke));
        server.Resolve("Query", "hero", _ => new(droid));
        server.Resolve("Query", "ship", _ => new(Object("Ship", ("name", "Falcon"), ("length", 34.75), ("captain", null), ("side", "LIGHT"))));
        server.Resolve("Query", "ships", _ => new(new[] { Ship("A", luke), Ship(null, luke) }));
        server.Resolve("Query", "maybeShips", _ => new(new[] { Ship("A", luke), Ship(null, luke), null }));
        server.Resolve("Query", "grid", _ => new(new object?[] { new[] { 1, 2 }, null, new object?[] { 3, null } }));
        server.Resolve("Query", "echo", context => new(CanonicalArguments(context.Arguments)));
        server.Resolve("Query", "boom", _ => throw new InvalidOperationException("a secret"));
        server.Resolve("Query", "told", async _ =>
        {
            await Task.Yield();
            throw new GraphQLException("Not today.", [new("code", "CLOSED"), new("until", 9)]);
        });
        server.Resolve("Query", "wrongInt", _ => new(1.5));
        server.Resolve("Query", "notAList", _ => new(1));
        server.Resolve("Mutation", "append", async context =>
        {
            var value = (int)context.Arguments["value"]!;
            for (var i = 0; i < 3 - value; i++)
            {
                await Task.Yield();
            }

            appended.Add(value);
            return appended.ToArray();
        });
        server.Resolve("Mutation", "fail", _ => new((object?)null));
    });

    [Fact]
    public async Task Fields_come_in_the_order_of_their_first_appearance_and_merge_by_response_key()
    {
        await using var server = Create();
        await server.ExpectAsync(
            """
            query { a: __typename hero { ...C name } hero { friend { name } }  b: ship { __typename length } }
            fragment C on Character { ... on Droid { model } friend { __typename } ... on Human { home } }
            """,
            """{"data":{"a":"Query","hero":{"model":2,"friend":{"__typename":"Human","name":"Luke"},"name":"R2-D2"},"b":{"__typename":"Ship","length":34.75}}}""");
    }

    [Theory]
    [InlineData("""{"yes":true,"no":false}""", """{"data":{"b":"Query","e":"Query"}}""")]
    [InlineData("""{"yes":false,"no":true}""", """{"data":{"a":"Query","d":"Query"}}""")]
    public async Task Skip_and_include_leave_fields_and_fragments_out(string variables, string expected)
    {
        await using var server = Create();
        await server.ExpectAsync(
            """
            query ($yes: Boolean!, $no: Boolean!) {
              a: __typename @skip(if: $yes)
              b: __typename @include(if: $yes)
              c: __typename @skip(if: $yes) @include(if: $yes)
              ... @include(if: $no) { d: __typename }
              ... F @skip(if: $no)
            }
            fragment F on Query { e: __typename }
            """,
            expected,
            variables);
    }

    [Fact]
    public async Task A_null_goes_up_to_the_nearest_field_that_can_be_null()
    {
        await using var server = Create();
        await server.ExpectAsync(
            "{ ship { captain { name } } }",
            """{"errors":[{"message":"Cannot return null for non-nullable field Ship.captain.","locations":[{"line":1,"column":10}],"path":["ship","captain"],"extensions":{"code":"NON_NULL_VIOLATION"}}],"data":null}""");
        await server.ExpectAsync(
            "{ ships { name } }",
            """{"errors":[{"message":"Cannot return null for non-nullable field Ship.name.","locations":[{"line":1,"column":11}],"path":["ships",1,"name"],"extensions":{"code":"NON_NULL_VIOLATION"}}],"data":{"ships":null}}""");
        await server.ExpectAsync(
            "{ maybeShips { name } grid }",
            """{"errors":[{"message":"Cannot return null for non-nullable field Ship.name.","locations":[{"line":1,"column":16}],"path":["maybeShips",1,"name"],"extensions":{"code":"NON_NULL_VIOLATION"}},{"message":"Cannot return null for non-nullable field Query.grid.","locations":[{"line":1,"column":23}],"path":["grid",2,1],"extensions":{"code":"NON_NULL_VIOLATION"}}],"data":{"maybeShips":[{"name":"A"},null,null],"grid":[[1,2],null,null]}}""");
    }

    [Fact]
    public async Task A_resolvers_exception_is_masked_and_a_deliberate_one_is_told()
    {
        await using var server = Create();
        await server.ExpectAsync(
            "{ boom told }",
            """{"errors":[{"message":"Internal server error","locations":[{"line":1,"column":3}],"path":["boom"],"extensions":{"code":"INTERNAL_SERVER_ERROR"}},{"message":"Not today.","locations":[{"line":1,"column":8}],"path":["told"],"extensions":{"code":"CLOSED","until":9}}],"data":{"boom":null,"told":null}}""");
    }

    [Fact]
    public async Task A_value_that_is_not_of_its_type_is_the_fields_error()
    {
        await using var server = Create();
        await server.ExpectAsync(
            "{ wrongInt notAList }",
            """{"errors":[{"message":"Int cannot represent non-integer value: 1.5","locations":[{"line":1,"column":3}],"path":["wrongInt"]},{"message":"Expected Iterable, but did not find one for field \"Query.notAList\".","locations":[{"line":1,"column":12}],"path":["notAList"]}],"data":{"wrongInt":null,"notAList":null}}""");
    }

    [Theory]
    [InlineData("{ echo }", null, """{"data":{"echo":"text=default"}}""")]
    [InlineData("{ echo(text: null, numbers: 7) }", null, """{"data":{"echo":"text=,numbers=[7]"}}""")]
    [InlineData("{ echo(point: { y: 2 }, side: DARK) }", null, """{"data":{"echo":"text=default,point={x=1,y=2},side=DARK"}}""")]
    [InlineData("query ($t: String) { echo(text: $t) }", "{}", """{"data":{"echo":"text=default"}}""")]
    [InlineData("query ($t: String) { echo(text: $t) }", """{"t":null}""", """{"data":{"echo":"text="}}""")]
    [InlineData("query ($t: String = \"v\", $n: [Int!]) { echo(text: $t, numbers: $n) }", """{"n":[1,2.0]}""", """{"data":{"echo":"text=v,numbers=[1,2]"}}""")]
    [InlineData("query ($p: PointInput, $y: Int) { echo(point: $p) b: echo(point: { y: $y }) }", """{"p":{}}""", """{"data":{"echo":"text=default,point={x=1}","b":"text=default,point={x=1}"}}""")]
    public async Task Arguments_are_coerced_with_defaults(string document, string? variables, string expected)
    {
        await using var server = Create();
        await server.ExpectAsync(document, expected, variables);
    }

    [Theory]
    [InlineData("query ($n: Int!) { echo(numbers: [$n]) }", "{}", "Variable \\\"$n\\\" of required type \\\"Int!\\\" was not provided.")]
    [InlineData("query ($n: Int!) { echo(numbers: [$n]) }", """{"n":null}""", "Variable \\\"$n\\\" of non-null type \\\"Int!\\\" must not be null.")]
    [InlineData("query ($n: Int!) { echo(numbers: [$n]) }", """{"n":"x"}""", "Variable \\\"$n\\\" got invalid value \\\"x\\\"; Int cannot represent non-integer value: \\\"x\\\"")]
    [InlineData("query ($n: [Int!]) { echo(numbers: $n) }", """{"n":[1,null]}""", "Variable \\\"$n\\\" got invalid value null at \\\"n[1]\\\"; Expected non-nullable type \\\"Int!\\\" not to be null.")]
    [InlineData("query ($n: PointInput) { echo(point: $n) }", """{"n":{"x":3000000000}}""", "Variable \\\"$n\\\" got invalid value 3000000000 at \\\"n.x\\\"; Int cannot represent non 32-bit signed integer value: 3000000000")]
    [InlineData("query ($n: PointInput) { echo(point: $n) }", """{"n":{"z":1}}""", "Variable \\\"$n\\\" got invalid value { z: 1 }; Field \\\"z\\\" is not defined by type \\\"PointInput\\\". Did you mean \\\"x\\\" or \\\"y\\\"?")]
    [InlineData("query ($n: Side) { echo(side: $n) }", """{"n":"DRAK"}""", "Variable \\\"$n\\\" got invalid value \\\"DRAK\\\"; Value \\\"DRAK\\\" does not exist in \\\"Side\\\" enum. Did you mean the enum value \\\"DARK\\\"?")]
    public async Task Variables_that_do_not_fit_are_a_request_error(string document, string variables, string message)
    {
        await using var server = Create();
        await server.ExpectAsync(
            document,
            $$$"""{"errors":[{"message":"{{{message}}}","locations":[{"line":1,"column":8}],"extensions":{"code":"BAD_USER_INPUT"}}]}""",
            variables);
    }

    [Fact]
    public async Task Mutations_run_one_after_the_other_and_stop_at_a_null_that_goes_all_the_way_up()
    {
        await using var server = Create();
        await server.ExpectAsync(
            "mutation { a: append(value: 1) b: append(value: 2) c: append(value: 3) }",
            """{"data":{"a":[1],"b":[1,2],"c":[1,2,3]}}""");
        await server.ExpectAsync(
            "mutation { a: append(value: 4) fail b: append(value: 5) }",
            """{"errors":[{"message":"Cannot return null for non-nullable field Mutation.fail.","locations":[{"line":1,"column":32}],"path":["fail"],"extensions":{"code":"NON_NULL_VIOLATION"}}],"data":null}""");
        Assert.Equal([1, 2, 3, 4], appended);
    }

    [Theory]
    [InlineData("query A { __typename } query B { __typename }", null, """{"errors":[{"message":"Must provide operation name if query contains multiple operations.","extensions":{"code":"GRAPHQL_UNKNOWN_OPERATION_NAME"}}]}""")]
    [InlineData("query A { __typename } query B { b: __typename }", "B", """{"data":{"b":"Query"}}""")]
    [InlineData("query A { __typename }", "C", """{"errors":[{"message":"Unknown operation named \"C\".","extensions":{"code":"GRAPHQL_UNKNOWN_OPERATION_NAME"}}]}""")]
    [InlineData("{ ship { captain } }", null, """{"errors":[{"message":"Field \"captain\" of type \"Human!\" must have a selection of subfields. Did you mean \"captain { ... }\"?","locations":[{"line":1,"column":10}],"extensions":{"code":"GRAPHQL_VALIDATION_FAILED"}}]}""")]
    [InlineData("{ ship ", null, """{"errors":[{"message":"Syntax Error: Expected Name, found <EOF>.","locations":[{"line":1,"column":8}],"extensions":{"code":"GRAPHQL_PARSING_FAILED"}}]}""")]
    public async Task What_cannot_run_is_a_request_error(string document, string? operationName, string expected)
    {
        await using var server = Create();
        Assert.Equal(expected, await server.QueryAsync(document, operationName: operationName));
    }

    [Fact]
    public async Task Introspection_is_answered_from_the_type_system()
    {
        await using var server = Create();
        await server.ExpectAsync(
            """
            {
              __schema { queryType { name } mutationType { name } subscriptionType { name } }
              ship: __type(name: "Ship") { kind fields { name type { kind name ofType { kind name } } } }
              character: __type(name: "Character") { kind possibleTypes { name } }
              point: __type(name: "PointInput") { inputFields { name defaultValue } isOneOf }
              side: __type(name: "Side") { enumValues { name isDeprecated } }
              none: __type(name: "None") { name }
            }
            """,
            """{"data":{"__schema":{"queryType":{"name":"Query"},"mutationType":{"name":"Mutation"},"subscriptionType":null},"ship":{"kind":"OBJECT","fields":[{"name":"name","type":{"kind":"NON_NULL","name":null,"ofType":{"kind":"SCALAR","name":"String"}}},{"name":"length","type":{"kind":"SCALAR","name":"Float","ofType":null}},{"name":"captain","type":{"kind":"NON_NULL","name":null,"ofType":{"kind":"OBJECT","name":"Human"}}},{"name":"side","type":{"kind":"ENUM","name":"Side","ofType":null}}]},"character":{"kind":"INTERFACE","possibleTypes":[{"name":"Human"},{"name":"Droid"}]},"point":{"inputFields":[{"name":"x","defaultValue":"1"},{"name":"y","defaultValue":null}],"isOneOf":false},"side":{"enumValues":[{"name":"LIGHT","isDeprecated":false},{"name":"DARK","isDeprecated":false}]},"none":null}}""");
    }

    private static Dictionary<string, object?> Human(string name, string? home) => Object("Human", ("name", name), ("home", home), ("friend", null));

    private static Dictionary<string, object?> Ship(string? name, object captain) => Object("Ship", ("name", name), ("captain", captain));

    private static Dictionary<string, object?> Object(string type, params (string Name, object? Value)[] members) =>
        members.Append(("__typename", type)).ToDictionary(member => member.Item1, member => member.Item2);

    private static string CanonicalArguments(IReadOnlyDictionary<string, object?> arguments) =>
        string.Join(',', arguments.Select(argument => $"{argument.Key}={Show(argument.Value)}"));

    private static string Show(object? value) => value switch
    {
        IReadOnlyDictionary<string, object?> members => $"{{{CanonicalArguments(members)}}}",
        IReadOnlyList<object?> items => $"[{string.Join(',', items.Select(Show))}]",
        _ => value?.ToString() ?? "",
    };
}
