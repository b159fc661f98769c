using System.Diagnostics;
using GraphGateway.TestKit;
using Xunit;

namespace GraphGateway.Cli.Tests;

public sealed class CheckCommandTests : IDisposable
{
    private const string Before =
        """
        type Query { rose(id: ID!): Rose @lookup }
        type Rose { id: ID! color: Color scent: String price: Int @deprecated(reason: "Ask the shop.") }
        enum Color { RED }
        """;

    private const string After =
        """
        type Query {
          rose(id: ID!): Rose @lookup
          roses: [Rose]
        }
        type Rose { id: ID! color(dark: Boolean): Color }
        enum Color { RED PLAID }
        """;

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task What_breaks_is_told_with_places_and_ends_with_1()
    {
        await Publish(Before);
        var file = Write(After);

        var (code, output, error) = await Cli.Run("check", In, "--schema", Published);

        Assert.Equal((1, ""), (code, error));
        Assert.Equal(
            $"""
            2 breaking changes:

              FIELD_REMOVED Rose.price was removed. It was deprecated: Ask the shop.
                {file}:5:6
              FIELD_REMOVED Rose.scent was removed.
                {file}:5:6

            2 dangerous changes:

              VALUE_ADDED_TO_ENUM PLAID was added to enum type Color.
                {file}:6:18
              OPTIONAL_ARG_ADDED An optional arg dark on Rose.color was added.
                {file}:5:27

            1 safe change:

              FIELD_ADDED Query.roses was added.
                {file}:3:3

            2 breaking changes, 2 dangerous, 1 safe. Clients would break.

            """,
            output);
    }

    [Fact]
    public async Task What_was_deprecated_may_be_removed_where_one_says_so()
    {
        await Publish(Before);
        Write(Before.Replace("price: Int @deprecated(reason: \"Ask the shop.\")", "", StringComparison.Ordinal));

        var (strict, _, _) = await Cli.Run("check", In, "--schema", Published);
        var (code, output, _) = await Cli.Run("check", In, "--schema", Published, "--allow-removal-of-deprecated");

        Assert.Equal((1, 0), (strict, code));
        Assert.EndsWith("0 breaking changes, 1 dangerous, 0 safe. No client would break.\n", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_changes_against_what_clients_see()
    {
        Write(Before);
        var schema = folder.Write("api.graphql", Before.Replace(" @lookup", "", StringComparison.Ordinal));

        Assert.Equal((0, "Nothing changes for clients.\n", ""), await Cli.Run("check", In, "--schema", schema));
    }

    [Fact]
    public async Task Machines_get_json()
    {
        await Publish(Before);
        var file = Write(Before.Replace("scent: String ", "", StringComparison.Ordinal));

        var (code, output, error) = await Cli.Run("check", In, "--schema", Published, "--json");

        Assert.Equal((1, ""), (code, error));
        Assert.Equal(
            $$"""
            {
              "success": false,
              "problems": [],
              "changes": [
                {
                  "code": "FIELD_REMOVED",
                  "severity": "breaking",
                  "coordinate": "Rose.scent",
                  "message": "Rose.scent was removed.",
                  "places": [
                    {
                      "source": "roses",
                      "file": "{{file}}",
                      "line": 2,
                      "column": 6
                    }
                  ]
                }
              ]
            }

            """,
            output);
    }

    [Fact]
    public async Task A_comment_on_a_change_gets_markdown()
    {
        await Publish(Before);
        var file = Write(Before.Replace("scent: String ", "", StringComparison.Ordinal));

        var (code, output, _) = await Cli.Run("check", In, "--schema", Published, "--markdown");

        Assert.Equal(1, code);
        Assert.Equal(
            $"""
            ## Schema check

            **1 breaking change, 0 dangerous, 0 safe. Clients would break.**

            ### 1 breaking change

            | Change | Code | Where |
            |---|---|---|
            | Rose.scent was removed. | `FIELD_REMOVED` | `{file}:2:6` |

            """,
            output);
    }

    [Fact]
    public async Task A_comment_on_a_change_says_what_does_not_compose()
    {
        await Publish(Before);
        var file = Write("type Query { rose: Rose }");

        var (code, output, error) = await Cli.Run("check", In, "--schema", Published, "--markdown");

        Assert.Equal(1, code);
        Assert.Contains(":1:20 INVALID_GRAPHQL Unknown type \"Rose\".", error, StringComparison.Ordinal);
        Assert.Equal(
            $"""
            ## Schema check

            **It does not compose.** 1 error; changes were not looked at.

            ### 1 error

            | Problem | Code | Where | What to do |
            |---|---|---|---|
            | Unknown type "Rose". | `INVALID_GRAPHQL` | `{file}:1:20` | Mend the schema of roses: it must be valid GraphQL on its own. |

            """,
            output);

        (code, output, _) = await Cli.Run("check", In, "--schema", Path.Combine(In, "nothing"), "--markdown");
        Assert.Equal(1, code);
        Assert.StartsWith("## Schema check\n\n**It could not be checked.** 1 error; changes were not looked at.\n", output, StringComparison.Ordinal);
    }

    // Who writes a schema writes no comment: not for others, nor with their names.
    [Fact]
    public async Task What_a_schema_says_is_text_in_a_comment()
    {
        await Publish(Before.Replace("Ask the shop.", "</details> | a \\\\| `b` **c** [d](http://e) @f #1 _g_ <img> \\u202E www.h.i :j: ~k~ \\n# l", StringComparison.Ordinal));
        var file = Write(After);

        var (code, output, _) = await Cli.Run("check", In, "--schema", Published, "--markdown");

        Assert.Equal(1, code);
        Assert.Equal(
            $"""
            ## Schema check

            **2 breaking changes, 2 dangerous, 1 safe. Clients would break.**

            ### 2 breaking changes

            | Change | Code | Where |
            |---|---|---|
            | Rose.price was removed. It was deprecated: &lt;/details&gt; &#124; a \\&#124; \`b\` \*\*c\*\* \[d\](http:&#8203;//e) @&#8203;f #&#8203;1 \_g\_ &lt;img&gt; U+202E www&#8203;.h.i :&#8203;j: \~&#8203;k\~  # l | `FIELD_REMOVED` | `{file}:5:6` |
            | Rose.scent was removed. | `FIELD_REMOVED` | `{file}:5:6` |

            <details>
            <summary>2 dangerous changes</summary>

            | Change | Code | Where |
            |---|---|---|
            | PLAID was added to enum type Color. | `VALUE_ADDED_TO_ENUM` | `{file}:6:18` |
            | An optional arg dark on Rose.color was added. | `OPTIONAL_ARG_ADDED` | `{file}:5:27` |

            </details>

            <details>
            <summary>1 safe change</summary>

            | Change | Code | Where |
            |---|---|---|
            | Query.roses was added. | `FIELD_ADDED` | `{file}:3:3` |

            </details>

            """,
            output);
    }

    [Fact]
    public async Task A_comment_is_no_longer_than_a_host_takes_and_says_what_is_left_out()
    {
        var reason = new string('|', 2_000);
        await Publish($$"""type Query { rose: Int {{string.Concat(Enumerable.Range(0, 3_000).Select(i => $"gone{i}: Int @deprecated(reason: \"{reason}\") "))}} }""");
        Write($$"""type Query { rose: Int {{string.Concat(Enumerable.Range(0, 3_000).Select(i => $"come{i}: Int "))}} }""");

        var (code, output, _) = await Cli.Run("check", In, "--schema", Published, "--markdown");

        Assert.Equal(1, code);
        Assert.InRange(output.Length, 60_000, 65_536);
        Assert.StartsWith("## Schema check\n\n**3000 breaking changes, 0 dangerous, 3000 safe. Clients would break.**\n\n### 3000 breaking changes\n\n| Change |", output, StringComparison.Ordinal);
        var (removed, added) = (output.Split(" was removed.").Length - 1, output.Split(" was added.").Length - 1);
        Assert.True(removed >= 10 && added >= 10, $"{removed} and {added} are told");
        Assert.Contains($"\n\nAnd {3_000 - removed} more: `--json` tells all.\n\n<details>\n<summary>3000 safe changes</summary>\n", output, StringComparison.Ordinal);
        Assert.EndsWith($"\n\nAnd {3_000 - added} more: `--json` tells all.\n\n</details>\n", output, StringComparison.Ordinal);
        Assert.Contains("&#124;… | `FIELD_REMOVED` |", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sources_that_do_not_compose_are_told_as_compose_tells_them()
    {
        await Publish(Before);
        Write("type Query { rose: Rose }");

        var (code, output, error) = await Cli.Run("check", In, "--schema", Published);

        Assert.Equal((1, ""), (code, output));
        Assert.Contains(":1:20 INVALID_GRAPHQL Unknown type \"Rose\".", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_schema_that_is_none_is_one_clear_message()
    {
        Write(Before);
        var schema = folder.Write("api.graphql", "type Query {");

        var (code, _, error) = await Cli.Run("check", In, "--schema", schema);

        Assert.Equal(1, code);
        Assert.StartsWith(
            $"{schema}:1:13 SOURCE_NOT_READABLE Syntax Error: Expected Name, found <EOF>.\n"
            + "  hint: Give --schema the file that \"graphgateway compose\" wrote, or the schema that clients see.\n",
            error,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Standard_input_is_read_byte_for_byte()
    {
        Write(Before);
        using var process = Process.Start(new ProcessStartInfo("dotnet", [typeof(CommandLine).Assembly.Location, "check", In, "--schema", "-"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        await process.StandardInput.BaseStream.WriteAsync((byte[])[.. "type Query { rose: Int } # "u8, 0xFF]);
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync();
        var error = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();

        Assert.Equal((1, ""), (process.ExitCode, await output));
        Assert.StartsWith("-:1:28 SOURCE_NOT_READABLE Syntax Error: Document is not valid UTF-8.\n", error, StringComparison.Ordinal);
    }

    private string In => Path.Combine(folder.Path, "in");

    [Fact]
    public async Task A_schema_that_is_none_is_told_with_what_is_wrong()
    {
        Write(After);
        await File.WriteAllTextAsync(Published, "type Query { rose: Rosa }");

        var (code, output, error) = await Cli.Run("check", In, "--schema", Published);

        Assert.Equal((1, ""), (code, output));
        Assert.Contains($"{Published}:1:20 SOURCE_NOT_READABLE It is no valid schema for clients, either: Unknown type \"Rosa\".", error, StringComparison.Ordinal);
    }

    private string Published => Path.Combine(folder.Path, "supergraph.graphql");

    private string Write(string schema)
    {
        folder.Write("in/roses/schema-settings.json", """{"transports": {"http": {"url": "http://roses"}}}""");
        return folder.Write("in/roses/schema.graphqls", schema);
    }

    private async Task Publish(string schema)
    {
        Write(schema);
        Assert.Equal(0, (await Cli.Run("compose", In, "--output", Published)).Code);
    }
}
