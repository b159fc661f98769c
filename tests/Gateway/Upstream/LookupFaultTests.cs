using System.Text;
using GraphGateway.Execution;
using GraphGateway.Gateway.Tests.Pipeline;
using GraphGateway.TestKit;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace GraphGateway.Gateway.Tests.Upstream;

/// <summary>
/// Lookups of the Composite dialect whose source does everything wrong, in each form in which several of them travel together: a list of variables, a list
/// of requests, aliases. As <see cref="FaultTests"/>: one gateway for all, and after each fault a healthy answer is the right one. The snapshots hold, for
/// each fault, what the source sent and the whole answer.
/// </summary>
public sealed class LookupFaultTests(LookupFaultTests.World world) : IClassFixture<LookupFaultTests.World>
{
    private const string First = """{"name":"a","size":1,"part":{"__typename":"Wheel","inches":20}}""";
    private const string Second = """{"name":"b","size":2,"part":{"__typename":"Seat","color":"red"}}""";

    private static readonly string[] Forms = ["variables", "requests", "aliases"];

    public static TheoryData<string> AllForms { get; } = [.. Forms];

    // Faults of the two items, in whatever form they come. {0} and {1} are the healthy ones.
    private static readonly (string Fault, string First, string Second)[] OfItems =
    [
        ("healthy", First, Second),
        ("the first is null", "null", Second),
        ("both are null", "null", "null"),
        ("a number", "7", Second),
        ("a text", "\"x\"", Second),
        ("a list", $"[{First}]", Second),
        ("an empty object", "{}", Second),
        ("a field is missing", """{"name":"a","part":null}""", Second),
        ("fields that nobody asked for", """{"x":[1],"name":"a","size":1,"part":null,"id":"666"}""", Second),
        ("null in a non-null place", """{"name":"a","size":null,"part":null}""", Second),
        ("an object where a leaf belongs", """{"name":{"a":1},"size":[2],"part":null}""", Second),
        ("a leaf where an object belongs", """{"name":"a","size":1,"part":"wheel"}""", Second),
        ("a number out of range", """{"name":"a","size":2147483648,"part":null}""", Second),
        ("one key twice", """{"name":"a","name":"z","size":1,"part":null}""", Second),
        ("a type of another union", """{"name":"a","size":1,"part":{"__typename":"Item","inches":1}}""", Second),
        ("a type that nobody knows", """{"name":"a","size":1,"part":{"__typename":"Robot","inches":1}}""", Second),
        ("no type", """{"name":"a","size":1,"part":{"inches":1}}""", Second),
        ("a type that is null", """{"name":"a","size":1,"part":{"__typename":null,"inches":1}}""", Second),
        ("a type that is a number", """{"name":"a","size":1,"part":{"__typename":7,"inches":1}}""", Second),
        ("the type behind its fields", """{"name":"a","size":1,"part":{"inches":1,"__typename":"Wheel"}}""", Second),
        ("the type of the other part", """{"name":"a","size":1,"part":{"__typename":"Seat","inches":1}}""", Second),
        ("truncated", """{"name":"a","si""", ""),
    ];

    // Faults of the forms, as the source sends them.
    private static readonly (string Form, string Fault, string Sent)[] OfForms =
    [
        ("variables", "the second first", Line(1, Second) + "\n" + Line(0, First)),
        ("variables", "a JSON array", $"[{Line(0, First)},{Line(1, Second)}]"),
        ("variables", "a JSON array, the second first", $"[{Line(1, Second)},{Line(0, First)}]"),
        ("variables", "the index behind the data", $$$"""{"data":{"item":{{{First}}}},"variableIndex":0}{"data":{"item":{{{Second}}}},"variableIndex":1}"""),
        ("variables", "the last is missing", Line(0, First)),
        ("variables", "the first is missing", Line(1, Second)),
        ("variables", "one too many", $"{Line(0, First)}\n{Line(1, Second)}\n{Line(2, First)}"),
        ("variables", "one twice", $"{Line(0, First)}\n{Line(0, First)}\n{Line(1, Second)}"),
        ("variables", "no index", $$$"""{"data":{"item":{{{First}}}}}{"data":{"item":{{{Second}}}}}"""),
        ("variables", "an index below zero", $$$"""{"variableIndex":-1,"data":{"item":{{{First}}}}}{{{Line(1, Second)}}}"""),
        ("variables", "an index that is a text", $$$"""{"variableIndex":"0","data":{"item":{{{First}}}}}{{{Line(1, Second)}}}"""),
        ("variables", "two indexes", $$$"""{"variableIndex":0,"variableIndex":1,"data":{"item":{{{First}}}}}"""),
        ("variables", "a line that is no object", $"7\n{Line(0, First)}\n{Line(1, Second)}"),
        ("variables", "a line that is null", $"{Line(0, First)}\nnull\n{Line(1, Second)}"),
        ("variables", "a line that is empty JSON", "{}\n" + Line(1, Second)),
        ("variables", "lines and more", $"{Line(0, First)}\n{Line(1, Second)}\nx"),
        ("variables", "empty lines", $"\n{Line(0, First)}\r\n\r\n{Line(1, Second)}\n"),
        ("variables", "data that is null", """{"variableIndex":0,"data":null}""" + Line(1, Second)),
        ("variables", "data that is null with an error", """{"variableIndex":0,"data":null,"errors":[{"message":"secret"}]}""" + Line(1, Second)),
        ("variables", "an error without data", """{"variableIndex":0,"errors":[{"message":"secret"}]}""" + Line(1, Second)),
        ("variables", "an error with a path", $$$"""{"variableIndex":0,"data":{"item":{"name":null,"size":1,"part":null}},"errors":[{"message":"secret","path":["item","name"]}]}{{{Line(1, Second)}}}"""),
        ("variables", "an error with a path of another", $$$"""{"variableIndex":0,"data":{"item":{{{First}}}},"errors":[{"message":"secret","path":["other",3]}]}{{{Line(1, Second)}}}"""),
        ("variables", "an error for all", """{"errors":[{"message":"secret"}]}"""),
        ("variables", "the lookup's field is missing", """{"variableIndex":0,"data":{}}""" + Line(1, Second)),
        ("variables", "the lookup's field twice", $$$"""{"variableIndex":0,"data":{"item":{{{First}}},"item":null}}{{{Line(1, Second)}}}"""),
        ("requests", "the second first, by their indexes", $$$"""[{"requestIndex":1,"data":{"item":{{{Second}}}}},{"requestIndex":0,"data":{"item":{{{First}}}}}]"""),
        ("requests", "lines with indexes", $$$"""{"requestIndex":1,"data":{"item":{{{Second}}}}}{"requestIndex":0,"data":{"item":{{{First}}}}}"""),
        ("requests", "the last is missing", $"[{Plain(First)}]"),
        ("requests", "none", "[]"),
        ("requests", "one too many", $"[{Plain(First)},{Plain(Second)},{Plain(Second)}]"),
        ("requests", "one that is null", $"[null,{Plain(Second)}]"),
        ("requests", "one that is a number", $"[7,{Plain(Second)}]"),
        ("requests", "one that is a list", $"[[{Plain(First)}],{Plain(Second)}]"),
        ("requests", "one that is an empty object", $$"""[{},{{Plain(Second)}}]"""),
        ("requests", "one with an error alone", $$"""[{"errors":[{"message":"secret"}]},{{Plain(Second)}}]"""),
        ("requests", "one with an error at a path", $$$"""[{"data":{"item":{"name":null,"size":1,"part":null}},"errors":[{"message":"secret","path":["item","name"]}]},{{{Plain(Second)}}}]"""),
        ("requests", "an error for all", """{"errors":[{"message":"secret"}]}"""),
        ("requests", "an index twice", $$$"""[{"requestIndex":0,"data":{"item":{{{First}}}}},{"requestIndex":0,"data":{"item":{{{Second}}}}}]"""),
        ("requests", "an index and a place that do not agree", $$$"""[{"data":{"item":{{{First}}}}},{"requestIndex":0,"data":{"item":{{{Second}}}}}]"""),
        ("requests", "one answer as if for one request", Plain(First)),
        ("requests", "more behind the array", $"[{Plain(First)},{Plain(Second)}]]"),
        ("aliases", "the second first", $$$"""{"data":{"_1":{{{Second}}},"_0":{{{First}}}}}"""),
        ("aliases", "the last is missing", $$$"""{"data":{"_0":{{{First}}}}}"""),
        ("aliases", "one too many", $$$"""{"data":{"_0":{{{First}}},"_1":{{{Second}}},"_2":{{{Second}}}}}"""),
        ("aliases", "one twice", $$$"""{"data":{"_0":{{{First}}},"_1":{{{Second}}},"_0":{{{Second}}}}}"""),
        ("aliases", "the field's name", $$$"""{"data":{"item":{{{First}}}}}"""),
        ("aliases", "data that is null", """{"data":null}"""),
        ("aliases", "data that is a list", $$$"""{"data":[{{{First}}},{{{Second}}}]}"""),
        ("aliases", "an error at one of them", $$$"""{"data":{"_0":null,"_1":{{{Second}}}},"errors":[{"message":"secret","path":["_0"]}]}"""),
        ("aliases", "an error below one of them", $$$"""{"data":{"_0":{{{First}}},"_1":{"name":null,"size":2,"part":null}},"errors":[{"message":"secret","path":["_1","name"]}]}"""),
        ("aliases", "an error at none of them", $$$"""{"data":{"_0":{{{First}}},"_1":null},"errors":[{"message":"secret","path":["_7","name"]}]}"""),
        ("aliases", "an error without a path", $$$"""{"data":{"_0":{{{First}}},"_1":null},"errors":[{"message":"secret"}]}"""),
        ("aliases", "as a list of one", $$$"""[{"data":{"_0":{{{First}}},"_1":{{{Second}}}}}]"""),
    ];

    [Theory]
    [MemberData(nameof(AllForms))]
    public async Task A_fault_costs_what_it_touches_and_tells_nothing(string form)
    {
        var told = new StringBuilder();
        var faults = OfItems.Select(items => (items.Fault, Sent: Sent(form, items.First, items.Second))).Concat(OfForms.Where(fault => fault.Form == form).Select(fault => (fault.Fault, fault.Sent)));
        foreach (var (fault, sent) in faults)
        {
            told.Append("# ").Append(fault).Append('\n').Append(sent.Replace("\r", "\\r", StringComparison.Ordinal)).Append("\n->\n");
            var answer = await world.QueryAsync(form, sent);
            Assert.DoesNotContain("secret", answer, StringComparison.Ordinal);
            told.Append(answer.Replace("},{\"message\"", "},\n {\"message\"", StringComparison.Ordinal).Replace("],\"data\":", "],\n \"data\":", StringComparison.Ordinal)).Append("\n\n");

            Assert.Equal((fault, World.Healthy), (fault, await world.QueryAsync(form, Sent(form, First, Second))));
        }

        Snapshot.Match(told.ToString(), name: form);
    }

    private static string Sent(string form, string first, string second) => form switch
    {
        "variables" => $"{Line(0, first)}\n{Line(1, second)}",
        "requests" => $"[{Plain(first)},{Plain(second)}]",
        _ => $$$"""{"data":{"_0":{{{first}}},"_1":{{{second}}}}}""",
    };

    private static string Line(int index, string item) => $$$"""{"variableIndex":{{{index}}},"data":{"item":{{{item}}}}}""";

    private static string Plain(string item) => $$$"""{"data":{"item":{{{item}}}}}""";

    /// <summary>A gateway before a source that is healthy, and one that is asked in three forms and answers what a test says.</summary>
    public sealed class World : IAsyncLifetime
    {
        internal const string Healthy =
            """{"data":{"items":[{"name":"a","size":1,"part":{"inches":20}},{"name":"b","size":2,"part":{"color":"red"}}],"version":"v"}}""";

        private readonly Dictionary<string, RunningGateway> gateways = [];
        private string answer = "";
        private FakeSource? lists;
        private FakeSource? details;

        public async Task InitializeAsync()
        {
            lists = await FakeSource.AnswersAsync("""{"data":{"items":[{"id":"1"},{"id":"2"}],"version":"v"}}""");
            details = await FakeSource.StartAsync(context =>
            {
                context.Response.ContentType = "application/json";
                return context.Response.WriteAsync(answer);
            });
            foreach (var form in Forms)
            {
                gateways[form] = await RunningGateway.StartAsync(
                    Supergraph(form.ToUpperInvariant()), [("lists", $"{lists.Url}/graphql"), ("details", $"{details.Url}/graphql")], ["--Gateway:Health:Interval=1h"]);
            }
        }

        public async Task DisposeAsync()
        {
            foreach (var gateway in gateways.Values)
            {
                // All of it was given back, whatever happened.
                var memory = gateway.Services.GetRequiredService<AnswerMemory>();
                await gateway.DisposeAsync();
                Assert.Equal(0, memory.HeldBytes);
            }

            await lists!.DisposeAsync();
            await details!.DisposeAsync();
        }

        internal Task<string> QueryAsync(string form, string sent)
        {
            answer = sent;
            return gateways[form].QueryAsync("{ items { name size part { ... on Wheel { inches } ... on Seat { color } } } version }");
        }

        private static string Supergraph(string batching) =>
            $$"""
            schema @gateway__supergraph(version: 1) { query: Query }
            enum gateway__Source {
              LISTS @gateway__source(name: "lists", dialect: COMPOSITE)
              DETAILS @gateway__source(name: "details", dialect: COMPOSITE, batching: [{{batching}}])
            }
            type Query @gateway__type(in: [LISTS, DETAILS]) {
              items: [Item] @gateway__field(in: LISTS)
              version: String @gateway__field(in: LISTS)
              item(id: ID!): Item @gateway__field(in: DETAILS)
            }
            type Item @gateway__type(in: [LISTS, DETAILS])
              @gateway__lookup(in: DETAILS, key: "id", field: "item", arguments: [{ name: "id", type: "ID!", map: "id" }]) {
              id: ID! @gateway__field(in: [LISTS, DETAILS])
              name: String @gateway__field(in: DETAILS)
              size: Int! @gateway__field(in: DETAILS)
              part: Part @gateway__field(in: DETAILS)
            }
            union Part @gateway__type(in: DETAILS) @gateway__member(in: DETAILS, type: "Wheel") @gateway__member(in: DETAILS, type: "Seat") = Wheel | Seat
            type Wheel @gateway__type(in: DETAILS) { inches: Int @gateway__field(in: DETAILS) }
            type Seat @gateway__type(in: DETAILS) { color: String @gateway__field(in: DETAILS) }
            """;
    }
}
