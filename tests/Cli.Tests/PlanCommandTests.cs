using System.CommandLine;
using GraphGateway.TestKit;
using Xunit;

namespace GraphGateway.Cli.Tests;

/// <summary><c>graphgateway plan</c> on the repository's own graph.</summary>
public sealed class PlanCommandTests
{
    private static string Schema { get; } = Repository.PathOf("schemas/supergraph.graphql");

    [Fact]
    public void An_operation_over_the_three_services_takes_three_fetches()
    {
        var (exitCode, output, error) = Run(
            "plan",
            """
            { users(first: 5) { nodes { name orders(first: 3) { nodes { number total { amount currency }
                items { quantity product { name } } payments { status method { __typename } } amountDue { amount currency } } } } } }
            """,
            "--schema",
            Schema);

        Assert.Equal("", error);
        Assert.Equal(0, exitCode);
        Assert.Equal(
            """
            3 fetches, 3 deep, estimated cost 1561
              0 users
                1 orders at users.nodes[]
                  2 payments at users.nodes[].orders.nodes[]
            """.ReplaceLineEndings("\n"),
            string.Join('\n', output.ReplaceLineEndings("\n").Split('\n').Take(4)));
        Assert.EndsWith("\n\nverified: it answers just what the operation asks, and each source has what it is asked for\n", output.ReplaceLineEndings("\n"), StringComparison.Ordinal);
    }

    [Fact]
    public void Conditions_take_their_variables()
    {
        const string query = "query($full: Boolean!) { userById(id: 1) { name lifetimeSpend @include(if: $full) { amount } } }";

        Assert.StartsWith("1 fetch,", Run("plan", query, "--schema", Schema, "--variables", """{"full": false}""").Output, StringComparison.Ordinal);
        Assert.StartsWith("2 fetches,", Run("plan", query, "--schema", Schema, "--variables", """{"full": true}""").Output, StringComparison.Ordinal);
        Assert.Equal((1, "", "1:7: Variable \"$full\" of required type \"Boolean!\" was not provided. Give variables as --variables JSON.\n"), Run("plan", query, "--schema", Schema));
    }

    private const string Overridden = """
        schema @gateway__supergraph(version: 1) { query: Query }
        enum gateway__Source { OLD @gateway__source(name: "old", dialect: APOLLO) NEW @gateway__source(name: "new", dialect: APOLLO) }
        type Query @gateway__type(in: [OLD, NEW]) {
          price: Int @gateway__field(in: OLD, label: "percent(30)", servesWhen: false) @gateway__field(in: NEW, label: "percent(30)", servesWhen: true)
          stock: Int @gateway__field(in: OLD, label: "stock:v2", servesWhen: false) @gateway__field(in: NEW, label: "stock:v2", servesWhen: true)
        }
        """;

    [Theory]
    [InlineData("", "old", "old")]
    [InlineData("stock:v2", "old", "new")]
    [InlineData("percent(30)", "new", "old")]
    [InlineData("percent(30) stock:v2", "new", "new")]
    public void Labels_that_are_on_decide_which_source_is_asked(string labels, string price, string stock)
    {
        using var folder = new TemporaryFolder();
        string[] arguments =
            ["plan", "{ price stock }", "--schema", folder.Write("supergraph.graphql", Overridden), .. labels.Split(' ', StringSplitOptions.RemoveEmptyEntries).SelectMany(label => new[] { "--label", label })];
        var (code, output, error) = Run(arguments);
        Assert.Equal((0, ""), (code, error));
        Assert.Contains($"why: {price} serves Query.price", output, StringComparison.Ordinal);
        Assert.Contains(price == stock ? $"why: {stock} serves Query.price, Query.stock" : $"why: {stock} serves Query.stock", output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_label_that_the_supergraph_does_not_have_is_told_with_those_that_it_has()
    {
        using var folder = new TemporaryFolder();
        var file = folder.Write("supergraph.graphql", Overridden);
        Assert.Equal(
            (1, "", "--label: The supergraph has no override with the label 'stock'. It has: percent(30), stock:v2.\n"),
            Run("plan", "{ price }", "--schema", file, "--label", "stock", "--label", "stock:v2"));
        Assert.Equal(
            (1, "", "--label: The supergraph has no override with the label 'stock'. It has none.\n"),
            Run("plan", "{ __typename }", "--schema", Schema, "--label", "stock"));
    }

    [Fact]
    public void A_file_that_is_no_supergraph_is_named_with_what_to_do()
    {
        var (code, output, error) = Run("plan", "{ __typename }", "--schema", Repository.PathOf("LICENSE"));
        Assert.Equal((1, ""), (code, output));
        Assert.Equal(
            $"""
            {Repository.PathOf("LICENSE")}:1:1: Syntax Error: Unexpected Name "MIT".
            Give --schema the file that "graphgateway compose" wrote.

            """,
            error);
    }

    [Theory]
    [InlineData("# Who is there?\n\r\n  # { users }\n{ __typename }")]
    [InlineData("\"Who is there?\" query { __typename }")]
    [InlineData("query#now\n{ __typename }")]
    public void An_operation_may_begin_with_comments_and_a_description(string query) =>
        Assert.Equal(
            (0, "0 fetches, 0 deep, estimated cost 0\n\nverified: it answers just what the operation asks, and each source has what it is asked for\n", ""), Run("plan", query, "--schema", Schema));

    [Theory]
    [InlineData("{ nothing }", "1:3: Cannot query field \"nothing\" on type \"Query\".")]
    [InlineData("{ nothing", "1:10: Syntax Error: Expected Name, found <EOF>.")]
    [InlineData("no-such-file.graphql", "no-such-file.graphql cannot be read: there is no such file. Give a file with an operation, or the operation itself.")]
    public void What_is_wrong_is_said_in_one_line(string query, string message) =>
        Assert.Equal((1, "", message + "\n"), Run("plan", query, "--schema", Schema));

    [Fact]
    public void A_device_is_refused_unread() => Assert.Equal(
        [
            (1, "", "/dev/zero cannot be read: it is a device, not a file. Give a file with an operation, or the operation itself.\n"),
            (1, "", "/dev/zero cannot be read: it is a device, not a file. Give --schema the file that \"graphgateway compose\" wrote.\n"),
        ],
        new[] { Run("plan", "/dev/zero", "--schema", Schema), Run("plan", "{ __typename }", "--schema", "/dev/zero") });

    [Theory]
    [InlineData(new byte[] { 0x61, 0xFF, 0xFE }, null, "it is not valid UTF-8. Save it as UTF-8.")]
    [InlineData(new byte[] { 0xC3 }, null, "it is not valid UTF-8. Save it as UTF-8.")]
    [InlineData(new byte[] { 0xEF, 0xBB, 0xBF, 0x61, 0xC3, 0xA4 }, "aä", null)]
    [InlineData(new byte[] { 0xFF, 0xFE, 0x61, 0x00, 0xE4, 0x00 }, "aä", null)]
    public void No_byte_of_a_file_is_replaced(byte[] bytes, string? text, string? reason)
    {
        using var folder = new TemporaryFolder();
        var file = Path.Combine(folder.Path, "schema.graphqls");
        File.WriteAllBytes(file, bytes);
        Assert.Equal((text, reason), InputFile.Read(file));
    }

    [Fact]
    public void What_is_read_from_a_pipe_has_an_end()
    {
        using var stream = new MemoryStream(new byte[200_000]);
        Assert.Null(InputFile.ReadToEnd(stream, 199_999));
        stream.Position = 0;
        Assert.Equal(200_000, InputFile.ReadToEnd(stream, 200_000)!.Length);
    }

    private static (int ExitCode, string Output, string Error) Run(params string[] arguments)
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var error = new StringWriter { NewLine = "\n" };
        var exitCode = CommandLine.Root().Parse(arguments).Invoke(new InvocationConfiguration { Output = output, Error = error });
        return (exitCode, output.ToString(), error.ToString());
    }
}
