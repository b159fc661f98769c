using System.Text;
using GraphGateway.TestKit;
using Microsoft.Data.Sqlite;
using Xunit;

namespace GraphGateway.ControlPlane.Tests.Schemas;

/// <summary>Supergraphs that are signed, and what somebody could do to them afterwards.</summary>
public sealed class SupergraphSignatureTests : IDisposable
{
    private const string Text = "type Query {\n  a: Int\n}\n";

    private readonly TemporaryFolder folder = new();
    private readonly SupergraphKey key;
    private readonly SupergraphKey checking;
    private readonly SupergraphKey other;

    public SupergraphSignatureTests()
    {
        var (secret, open) = SigningKeys.Make(folder, "signing");
        (key, checking, other) = (Read(secret), Read(open), Read(SigningKeys.Make(folder, "other").Private));
    }

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        folder.Dispose();
    }

    [Fact]
    public void What_is_signed_is_the_text_with_one_more_comment_and_signing_again_replaces_it()
    {
        var signed = SupergraphSignature.Sign(Text, "shop/dev", key);
        Assert.Matches($"^{Text.Replace("{", "\\{", StringComparison.Ordinal)}# graphgateway-signature: v1 {key.Id} shop/dev [A-Za-z0-9_-]{{86}}\n$", signed);
        Assert.Null(Problem(signed, "shop/dev", checking));
        Assert.Null(Problem(signed, null, other, checking));
        var again = SupergraphSignature.Sign(signed, "shop/live", other);
        Assert.StartsWith($"{Text}# graphgateway-signature: v1 {other.Id} shop/live ", again, StringComparison.Ordinal);
        Assert.Null(Problem(again, "shop/live", other));

        // A text without a last line's end gets one.
        Assert.Null(Problem(SupergraphSignature.Sign("type Query { a: Int }", SupergraphSignature.AnyStage, key), null, checking));
    }

    [Fact]
    public void What_was_changed_moved_or_signed_by_another_is_refused()
    {
        var signed = SupergraphSignature.Sign(Text, "shop/dev", key);
        Assert.Equal("It is not signed. Sign it with `graphgateway sign`, or publish with --sign-with KEY.", Problem(Text, null, checking));
        const string changed = "Its signature does not hold: it was changed after it was signed.";
        Assert.Equal(changed, Problem(signed.Replace("a: Int", "a: ID!", StringComparison.Ordinal), null, checking));
        Assert.Equal(changed, Problem(signed.Replace("shop/dev", "shop/live", StringComparison.Ordinal), "shop/live", checking));
        Assert.Equal(changed, Problem(Text + signed, null, checking));
        Assert.Equal(changed, Problem(signed.Replace("\n", "\r\n", StringComparison.Ordinal).Replace("\r\n", "\n", StringComparison.Ordinal).Replace("}\n", "} \n", StringComparison.Ordinal), null, checking));
        Assert.Equal("It is signed for shop/dev, and not for shop/live.", Problem(signed, "shop/live", checking));
        Assert.Equal("It is signed for *, and not for shop/live.", Problem(SupergraphSignature.Sign(Text, SupergraphSignature.AnyStage, key), "shop/live", checking));
        Assert.Equal($"It is signed with the key {key.Id}, which is none of those that count: {other.Id}.", Problem(signed, null, other));

        // What stands behind the signature, or another one that somebody has put there.
        Assert.Equal("It is not signed. Sign it with `graphgateway sign`, or publish with --sign-with KEY.", Problem(signed + "type Mutation { b: Int }\n", null, checking));
        Assert.Equal(changed, Problem(signed + signed.Split('\n')[^2], null, checking));
        Assert.Equal("Its signature cannot be read: it was damaged, or a newer version has made it.", Problem(signed.Replace(": v1 ", ": v2 ", StringComparison.Ordinal), null, checking));
        Assert.Equal("Its signature cannot be read: it was damaged, or a newer version has made it.", Problem(signed[..^2].Replace(" shop/dev ", " ", StringComparison.Ordinal), null, checking));
    }

    // What is behind the end of a line is no comment for who reads GraphQL, and .NET's Base64 passes over it.
    [Theory]
    [InlineData("\r")]
    [InlineData("\t")]
    [InlineData("=")]
    public void Nothing_stands_in_a_signature_that_is_not_its_own(string between)
    {
        var signed = SupergraphSignature.Sign(Text, "shop/dev", key);
        Assert.Equal("Its signature cannot be read: it was damaged, or a newer version has made it.", Problem(signed.Insert(signed.Length - 20, between), null, checking));
    }

    [Fact]
    public void Each_byte_counts()
    {
        var signed = Encoding.UTF8.GetBytes(SupergraphSignature.Sign(Text, "shop/dev", key));
        for (var i = 0; i < signed.Length - 1; i++)
        {
            var bytes = signed.ToArray();
            bytes[i] ^= 1;
            Assert.True(SupergraphSignature.FindProblem(bytes, "shop/dev", [checking]) is not null, $"byte {i} can be changed");
        }
    }

    [Theory]
    [InlineData("none.pem", null, "cannot be read: Could not find file")]
    [InlineData("text.pem", "no key", "has no elliptic key of the curve P-256 in PEM, or one with a password.")]
    [InlineData("signing-public.pem", null, "has a public key alone, which cannot sign.")]
    public void A_file_that_cannot_sign_is_told(string name, string? content, string expected)
    {
        var file = content is null ? Path.Combine(folder.Path, name) : folder.Write(name, content);
        Assert.False(SupergraphKey.TryRead(file, isPrivate: true, out _, out var problem));
        Assert.StartsWith($"{file} {expected}", problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_registry_with_a_key_signs_what_becomes_live_for_its_stage()
    {
        var place = Path.Combine(folder.Path, "registry.db");
        await using var script = await RegistryScript.OpenAsync(place);
        Assert.Equal("#1 live: publish a@1", await script.PublishAsync("shop", "dev", RegistryScript.Root("a")));
        Assert.Equal("unchanged, #1", await script.PublishAsync("shop", "dev", RegistryScript.Root("a")));

        // What is live and not signed is signed by publishing it again; then there is nothing to do.
        await using var signing = await RegistryScript.OpenAsync(place, signer: key);
        Assert.Equal("#2 live: publish a@1", await signing.PublishAsync("shop", "dev", RegistryScript.Root("a")));
        Assert.Equal("unchanged, #2", await signing.PublishAsync("shop", "dev", RegistryScript.Root("a")));
        Assert.Equal("#3 live: publish b@1", await signing.PublishAsync("shop", "dev", RegistryScript.Root("b")));
        Assert.Equal("#1 live: promote dev #3", await signing.PromoteAsync("shop", "dev", "live"));
        Assert.Equal("#4 live: rollback to #1", await signing.RollbackAsync("shop", "dev", 1));
        Assert.NotNull(await ProblemAsync("dev", 1));
        Assert.Null(await ProblemAsync("dev", 2));
        Assert.Null(await ProblemAsync("dev", 3));
        Assert.Null(await ProblemAsync("live", 1));
        Assert.Null(await ProblemAsync("dev", 4));

        async Task<string?> ProblemAsync(string stage, int launch) => Problem((await script.Registry.SupergraphAsync("shop", stage, launch, default))!, $"shop/{stage}", checking);
    }

    [Fact]
    public async Task What_was_changed_in_the_store_is_not_made_live_again()
    {
        var place = Path.Combine(folder.Path, "registry.db");
        await using var script = await RegistryScript.OpenAsync(place, signer: key);
        await script.PublishAsync("shop", "dev", RegistryScript.Root("a"));
        await script.PublishAsync("shop", "dev", RegistryScript.Root("b"));
        await using (var connection = new SqliteConnection($"Data Source={place}"))
        {
            await connection.OpenAsync();
            await using var command = connection.CreateCommand();
            command.CommandText = "UPDATE graphgateway_registry_supergraphs SET document = replace(document, 'a: Int', 'a: ID') WHERE launch = 1";
            Assert.Equal(1, await command.ExecuteNonQueryAsync());
        }

        Assert.Equal(
            "refused: The supergraph of #1 is not what was published: the registry is damaged. Publish the versions of its sources again.", await script.RollbackAsync("shop", "dev"));
    }

    // Who can write to the store has no key, and gets none by an approval.
    [Fact]
    public async Task What_was_changed_in_the_store_while_it_waited_is_neither_made_live_nor_signed()
    {
        var place = Path.Combine(folder.Path, "registry.db");
        await using var script = await RegistryScript.OpenAsync(place, signer: key);
        await script.PublishAsync("shop", "dev", RegistryScript.Root("a"));
        var waiting = await script.Registry.PublishAsync(
            "shop", "dev", [RegistryScript.Root("b")], new LaunchNote("ann", null) { WaitForApproval = true }, DateTimeOffset.UnixEpoch, default);
        Assert.Equal(LaunchStatus.Awaiting, waiting.Launch!.Status);
        await using (var connection = new SqliteConnection($"Data Source={place}"))
        {
            await connection.OpenAsync();
            await using var command = connection.CreateCommand();
            command.CommandText = "UPDATE graphgateway_registry_supergraphs SET document = replace(document, 'b: Int', 'b: ID') WHERE launch = 2";
            Assert.Equal(1, await command.ExecuteNonQueryAsync());
        }

        var approved = await script.Registry.ApproveAsync("shop", "dev", 2, overNewer: false, new LaunchNote("bob", null), DateTimeOffset.UnixEpoch, default);
        Assert.Equal("The supergraph of #2 is not what was published: the registry is damaged. Publish the versions of its sources again.", approved.Refusal);
        Assert.Equal(1, (await script.Registry.LiveAsync("shop", "dev", default))!.Launch);
    }

    private static string? Problem(string text, string? stage, params SupergraphKey[] keys) => SupergraphSignature.FindProblem(Encoding.UTF8.GetBytes(text), stage, keys);

    private static SupergraphKey Read(string file) => SupergraphKey.TryRead(file, isPrivate: false, out var read, out var problem) ? read : throw new InvalidDataException(problem);
}
