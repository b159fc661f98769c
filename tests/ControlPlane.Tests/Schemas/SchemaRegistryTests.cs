using System.Globalization;
using System.Text;
using GraphGateway.TestKit;
using Microsoft.Data.Sqlite;
using Xunit;

namespace GraphGateway.ControlPlane.Tests.Schemas;

/// <summary>The registry on SQLite and on PostgreSQL: the same tests.</summary>
public sealed class SchemaRegistryTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    private string SqlitePlace => Path.Combine(folder.Path, "registry.db");

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        folder.Dispose();
    }

    [Fact]
    public Task A_stage_lives_in_a_file() => LiveAsync(SqlitePlace);

    [PostgresFact]
    public Task A_stage_lives_in_PostgreSQL() => PostgresDatabase.UseAsync(LiveAsync);

    [Fact]
    public Task What_is_promoted_keeps_the_addresses_of_its_stage_in_a_file() => PromoteAsync(SqlitePlace);

    [PostgresFact]
    public Task What_is_promoted_keeps_the_addresses_of_its_stage_in_PostgreSQL() => PostgresDatabase.UseAsync(PromoteAsync);

    [Fact]
    public Task What_waits_for_approval_is_not_live_in_a_file() => ApproveAsync(SqlitePlace);

    [PostgresFact]
    public Task What_waits_for_approval_is_not_live_in_PostgreSQL() => PostgresDatabase.UseAsync(ApproveAsync);

    [Fact]
    public Task What_waits_and_is_live_already_waits_no_longer_when_it_is_approved_in_a_file() => ApproveWhatIsLiveAsync(SqlitePlace);

    [PostgresFact]
    public Task What_waits_and_is_live_already_waits_no_longer_when_it_is_approved_in_PostgreSQL() => PostgresDatabase.UseAsync(ApproveWhatIsLiveAsync);

    [Fact]
    public Task Where_nothing_is_live_and_something_waits_all_waits_in_a_file() => NothingIsApprovedByTheWayAsync(SqlitePlace);

    [PostgresFact]
    public Task Where_nothing_is_live_and_something_waits_all_waits_in_PostgreSQL() => PostgresDatabase.UseAsync(NothingIsApprovedByTheWayAsync);

    [Fact]
    public Task Of_teams_that_publish_at_the_same_time_all_are_in_a_file() => CompeteAsync(SqlitePlace);

    [PostgresFact]
    public Task Of_teams_that_publish_at_the_same_time_all_are_in_PostgreSQL() => PostgresDatabase.UseAsync(CompeteAsync);

    [PostgresFact]
    public Task Many_who_prepare_a_registry_at_the_same_time_all_have_it() => PostgresDatabase.UseAsync(async place =>
    {
        var scripts = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Task.Run(() => RegistryScript.OpenAsync(place))));
        Assert.Equal("#1 live: publish a@1", await scripts[3].PublishAsync("shop", "dev", RegistryScript.Root("a")));
        foreach (var script in scripts)
        {
            await script.DisposeAsync();
        }
    });

    [Theory]
    [InlineData("The name of a graph has 1 to 128 letters, digits, \"-\", \"_\" and \".\", and begins with a letter or a digit.", " ", "dev", "a", "type Query { a: Int }")]
    [InlineData("The name of a stage has 1 to 128 letters, digits, \"-\", \"_\" and \".\", and begins with a letter or a digit.", "shop", "../x", "a", "type Query { a: Int }")]
    [InlineData("The name of a source has 1 to 128 letters, digits, \"-\", \"_\" and \".\", and begins with a letter or a digit.", "shop", "dev", "a@b", "type Query { a: Int }")]
    [InlineData("The schema of a may have 40 bytes.", "shop", "dev", "a", "type Query { aVeryLongNameIndeed: Int ! }")]
    [InlineData("The schema of a has a character of value 0, or half of a character.", "shop", "dev", "a", "type Query { a: Int }\0")]
    [InlineData("The settings of a may have 40 bytes.", "shop", "dev", "a", "type Query { a: Int }", """{"name":"a","dialect":"composite"       }""")]
    [InlineData("The URL of a has a white space or a fragment (#) in it: no request is sent with such.", "shop", "dev", "a", "type Query { a: Int }", null, "http://a.internal/ graphql")]
    [InlineData("The URL of a has a white space or a fragment (#) in it: no request is sent with such.", "shop", "dev", "a", "type Query { a: Int }", null, "http://a.internal/#graphql")]
    [InlineData("The URL of a is no absolute http or https URL of 2000 characters at most.", "shop", "dev", "a", "type Query { a: Int }", null, "file:///etc/passwd")]
    [InlineData("The URL of a has a name or a password in it, and all who may read the registry would see it. Give the gateway a header for it instead.", "shop", "dev", "a", "type Query { a: Int }", null, "http://me:secret@a.example/graphql")]
    [InlineData("A tag, and who publishes, have 1 to 200 characters, none of them a control character.", "shop", "dev", "a", "type Query { a: Int }", null, null, "line\nbreak")]
    public async Task What_cannot_be_kept_is_refused_and_nothing_is_stored(
        string expected, string graph, string stage, string source, string schema, string? settings = null, string? url = null, string? tag = null)
    {
        await using var script = await RegistryScript.OpenAsync(SqlitePlace, new RegistryLimits { TextBytes = 40 });
        var result = await script.Registry.PublishAsync(
            graph, stage, [new SourcePublication(source, schema) { Settings = settings, Url = url }], new LaunchNote("ann", tag), script.Now, default);
        Assert.Equal((LaunchOutcome.Refused, expected), (result.Outcome, result.Refusal));
        Assert.Empty(await script.Registry.StagesAsync(null, default));
    }

    [Fact]
    public async Task A_password_in_the_address_that_settings_give_is_refused()
    {
        await using var script = await RegistryScript.OpenAsync(SqlitePlace);
        const string settings = """{"transports":{"http":{"url":"http://me:secret@a.example/graphql"}}}""";
        Assert.Equal(
            "refused: The URL of a has a name or a password in it, and all who may read the registry would see it. Give the gateway a header for it instead.",
            await script.PublishAsync("shop", "dev", RegistryScript.Root("a") with { Settings = settings }));
    }

    [Fact]
    public async Task Where_there_is_no_room_what_is_new_is_refused()
    {
        await using var script = await RegistryScript.OpenAsync(SqlitePlace, new RegistryLimits { Sources = 2, Stages = 1, Versions = 2, Launches = 4 });
        Assert.Equal("#1 live: publish a@1", await script.PublishAsync("shop", "dev", RegistryScript.Root("a")));
        Assert.Equal("#2 live: publish a@2", await script.PublishAsync("shop", "dev", RegistryScript.Root("a", "b")));
        Assert.Equal("refused: a has 2 versions, and there is no room for more.", await script.PublishAsync("shop", "dev", RegistryScript.Root("a", "c")));
        Assert.Equal("#3 live: publish a@1", await script.PublishAsync("shop", "dev", RegistryScript.Root("a")));
        Assert.Equal("refused: The registry has 1 stages, and there is no room for more. `graphgateway registry stages remove` takes one away.", await script.PublishAsync("shop", "test", RegistryScript.Root("a")));
        Assert.Equal("refused: A stage has 2 sources at most.", await script.PublishAsync("shop", "dev", RegistryScript.Root("b"), RegistryScript.Root("c")));
        Assert.Equal("A stage has 2 sources at most.", (await script.Registry.CheckAsync("shop", "dev", [RegistryScript.Root("b"), RegistryScript.Root("c")], default)).Refusal);
        Assert.Equal("refused: A source is published once at a time, and one comes several times.", await script.PublishAsync("shop", "dev", RegistryScript.Root("b"), RegistryScript.Root("b", "c")));
        Assert.Equal("#4 live: publish b@1", await script.PublishAsync("shop", "dev", RegistryScript.Root("b", "bb")));
        Assert.Equal("refused: dev of shop has 4 launches, and there is no room for more.", await script.PublishAsync("shop", "dev", RegistryScript.Root("a", "b")));
    }

    [Fact]
    public async Task Supergraphs_that_are_too_old_go_and_nobody_rolls_back_to_them()
    {
        await using var script = await RegistryScript.OpenAsync(SqlitePlace, new RegistryLimits { Supergraphs = 2 });
        for (var i = 1; i <= 4; i++)
        {
            Assert.Equal($"#{i} live: publish a@{i}", await script.PublishAsync("shop", "dev", RegistryScript.Root("a", $"f{i}")));
        }

        Assert.Equal("refused: The supergraph of #2 is too old to be kept: publish the versions of its sources again.", await script.RollbackAsync("shop", "dev", 2));
        Assert.Equal("#5 live: rollback to #3", await script.RollbackAsync("shop", "dev"));
        var kept = await Task.WhenAll(Enumerable.Range(1, 5).Select(async i => await script.Registry.SupergraphAsync("shop", "dev", i, default) is null ? "" : $"#{i}"));
        Assert.Equal("#4#5", string.Concat(kept));
    }

    [Fact]
    public async Task What_never_was_live_pushes_out_nothing_that_can_be_rolled_back_to()
    {
        await using var script = await RegistryScript.OpenAsync(SqlitePlace, new RegistryLimits { Supergraphs = 2 });
        Assert.Equal("#1 live: publish a@1", await script.PublishAsync("shop", "dev", RegistryScript.Root("a", "f1")));
        Assert.Equal("#2 live: publish a@2", await script.PublishAsync("shop", "dev", RegistryScript.Root("a", "f2")));
        var note = new LaunchNote(null, null) { WaitForApproval = true };
        for (var i = 3; i <= 9; i += 2)
        {
            Assert.Equal(LaunchStatus.Draft, (await script.Registry.PublishAsync("shop", "dev", [new SourcePublication("a", "type Query { x: Nope }")], new LaunchNote(null, null), default, default)).Launch?.Status);
            Assert.Equal(LaunchStatus.Awaiting, (await script.Registry.PublishAsync("shop", "dev", [RegistryScript.Root("a", $"f{i}")], note, default, default)).Launch?.Status);
        }

        var kept = await Task.WhenAll(Enumerable.Range(1, 10).Select(async i => await script.Registry.SupergraphAsync("shop", "dev", i, default) is null ? "" : $"#{i}"));
        Assert.Equal("#1#2#8#10", string.Concat(kept));
        Assert.Equal("#11 live: rollback to #1", await script.RollbackAsync("shop", "dev"));
    }

    [Fact]
    public async Task A_registry_of_a_newer_program_is_left_alone()
    {
        await using (await RegistryScript.OpenAsync(SqlitePlace))
        {
        }

        await using (var connection = new SqliteConnection($"Data Source={SqlitePlace}"))
        {
            await connection.OpenAsync();
            await using var command = new SqliteCommand("UPDATE graphgateway_registry SET version = 9", connection);
            await command.ExecuteNonQueryAsync();
        }

        var exception = await Assert.ThrowsAsync<InvalidDataException>(() => RegistryScript.OpenAsync(SqlitePlace));
        Assert.Equal("The registry was made by a newer version of GraphGateway (its tables are at step 9, this program knows 5).", exception.Message);
    }

    [Fact]
    public async Task Who_only_reads_makes_no_file_and_finds_nothing_where_nothing_was_published()
    {
        await using (var none = SchemaRegistry.At(SqlitePlace, readOnly: true))
        {
            await Assert.ThrowsAsync<SqliteException>(() => none.LiveAsync("shop", "dev", default));
            Assert.False(File.Exists(SqlitePlace));
        }

        await File.WriteAllBytesAsync(SqlitePlace, []);
        await using var empty = SchemaRegistry.At(SqlitePlace, readOnly: true);
        Assert.Null(await empty.LiveAsync("shop", "dev", default));
        Assert.Empty(await empty.StagesAsync(null, default));
    }

    [Fact]
    public async Task A_publisher_that_is_killed_leaves_nothing_behind_even_for_who_only_reads()
    {
        await using (var script = await RegistryScript.OpenAsync(SqlitePlace))
        {
            await script.PublishAsync("shop", "dev", RegistryScript.Root("a"));
        }

        // As the machine would find the files: half of the rows are written over, and the journal has what was there before.
        var place = Path.Combine(folder.Path, "killed.db");
        await using (var connection = new SqliteConnection($"Data Source={SqlitePlace};Pooling=false"))
        {
            await connection.OpenAsync();
            string[] statements =
            [
                "PRAGMA cache_size = 5", "BEGIN IMMEDIATE", "UPDATE graphgateway_registry_stages SET live = 2, last = 2",
                "UPDATE graphgateway_registry_launches SET status = 'Superseded'",
                .. Enumerable.Range(2, 500).Select(i => $"INSERT INTO graphgateway_registry_supergraphs VALUES ('shop', 'dev', {i}, '{new string('x', 2000)}')"),
            ];
            foreach (var text in statements)
            {
                await using var command = new SqliteCommand(text, connection);
                await command.ExecuteNonQueryAsync();
            }

            File.Copy(SqlitePlace, place);
            File.Copy(SqlitePlace + "-journal", place + "-journal");
        }

        Assert.True(new FileInfo(place).Length > 500_000);
        await using var after = SchemaRegistry.At(place, readOnly: true);
        Assert.Equal(1, (await after.LiveAsync("shop", "dev", default))!.Launch);
        Assert.Equal("#1 Live publish a@1", string.Join('\n', (await after.LaunchesAsync("shop", "dev", 10, default)).Select(RegistryScript.Show)));
        Assert.NotNull(await after.SupergraphAsync("shop", "dev", 1, default));
        Assert.Null(await after.SupergraphAsync("shop", "dev", 2, default));
    }

    private static async Task LiveAsync(string place)
    {
        await using var script = await RegistryScript.OpenAsync(place);
        var log = new StringBuilder();
        async Task Do(string what, Task<string> result) => log.Append(CultureInfo.InvariantCulture, $"{what}: {await result}\n");

        // Orders needs users: alone it does not compose, and waits as a draft for what it lacks.
        await Do("orders, alone", script.PublishAsync("shop", "dev", RegistryScript.Orders));
        await Do("users", script.PublishAsync("shop", "dev", RegistryScript.Users));
        await Do("users once more", script.PublishAsync("shop", "dev", RegistryScript.Users));
        await Do("users at another address", script.PublishAsync("shop", "dev", RegistryScript.Users with { Url = "http://users.example/" }));
        await Do("a new field", script.PublishAsync("shop", "dev", RegistryScript.UsersWith("email: String")));
        await Do("what does not compose", script.PublishAsync("shop", "dev", RegistryScript.Users with { Schema = "type Query { users: [Nobody!] }" }));
        await Do("another team", script.PublishAsync("shop", "dev", RegistryScript.Root("stock")));
        await Do("a source is deleted that others need", script.DeleteAsync("shop", "dev", "users"));
        await Do("one that nobody needs", script.DeleteAsync("shop", "dev", "stock"));
        await Do("one that is not there", script.DeleteAsync("shop", "dev", "stock"));
        await Do("back", script.RollbackAsync("shop", "dev"));
        await Do("further back", script.RollbackAsync("shop", "dev"));
        await Do("to the first", script.RollbackAsync("shop", "dev", 2));
        await Do("before the first", script.RollbackAsync("shop", "dev"));
        await Do("to a draft", script.RollbackAsync("shop", "dev", 1));
        await Do("to nothing", script.RollbackAsync("shop", "dev", 77));
        await Do("the old field again", script.PublishAsync("shop", "dev", RegistryScript.UsersWith("email: String")));

        Assert.Equal(
            """
            orders, alone: #1 draft: publish orders@1 [REQUIRE_INVALID_FIELDS]
            users: #2 live: publish users@1
            users once more: unchanged, #2
            users at another address: #3 live: publish users@1
            a new field: #4 live: publish users@2
            what does not compose: #5 draft: publish users@3 [INVALID_GRAPHQL]
            another team: #6 live: publish stock@1
            a source is deleted that others need: #7 draft: delete users [REQUIRE_INVALID_FIELDS]
            one that nobody needs: #8 live: delete stock
            one that is not there: refused: dev of shop has no source stock. It has: orders, users.
            back: #9 live: rollback to #6
            further back: #10 live: rollback to #4
            to the first: #11 live: rollback to #2
            before the first: refused: No launch was live before #11.
            to a draft: refused: #1 was never live in dev of shop.
            to nothing: refused: #77 was never live in dev of shop.
            the old field again: #12 live: publish users@2

            """,
            log.ToString());
        Assert.Equal(
            """
            #12 Live publish users@2, base 11
            #11 Superseded rollback to #2, base 10
            #10 RolledBack rollback to #4, base 9
            #9 RolledBack rollback to #6, base 8
            #8 RolledBack delete stock, base 6
            #7 Draft delete users, base 6
            #6 Superseded publish stock@1, base 4
            #5 Draft publish users@3, base 4
            #4 Superseded publish users@2, base 3
            #3 Superseded publish users@1, base 2
            #2 Superseded publish users@1, base 1
            #1 Draft publish orders@1
            """,
            string.Join('\n', (await script.Registry.LaunchesAsync("shop", "dev", 100, default)).Select(RegistryScript.Show)));
        Assert.Equal(["#12", "#11"], (await script.Registry.LaunchesAsync("shop", "dev", 2, default)).Select(launch => $"#{launch.Number}"));

        var live = (await script.Registry.LaunchAsync("shop", "dev", 12, default))!;
        Assert.Equal("orders@1 , users@2 http://127.0.0.1:1/", string.Join(", ", live.Sources.Select(source => $"{source} {source.Url}")));
        var supergraph = await script.Registry.SupergraphAsync("shop", "dev", 12, default);
        Assert.True(live.HasSupergraph);
        Assert.Equal(new LiveLaunch(12, PublishedOperation.HashOf(supergraph!)), await script.Registry.LiveAsync("shop", "dev", default));
        Assert.Contains("email: String", supergraph, StringComparison.Ordinal);
        Assert.Equal(new LaunchNote("ann", "t12"), live.Launch.Note);
        Assert.Equal(
            ["3 t5 2030-01-01T00:05", "2 t4 2030-01-01T00:04", "1 t2 2030-01-01T00:02"],
            (await script.Registry.VersionsAsync("shop", "users", 10, default)).Select(version => $"{version.Version} {version.Note.Tag} {version.Published:yyyy-MM-ddTHH:mm}"));
        Assert.Equal(new SourceContent("type Query { users: [Nobody!] }", RegistryScript.Users.Settings), await script.Registry.ContentAsync("shop", "users", 3, default));
        Assert.Null(await script.Registry.ContentAsync("shop", "users", 4, default));

        // A draft says what is wrong and where, by the name that its publisher gave it.
        Assert.Equal(
            """
            users.graphqls:1:22 INVALID_GRAPHQL Unknown type "Nobody".
              hint: Mend the schema of users: it must be valid GraphQL on its own.
            orders@1 settings:1:1 warning SOURCE_URL_MISSING The source orders has no URL.
              hint: Write "transports": {"http": {"url": "http://..."}} in schema-settings.json, or set Gateway:Subgraphs:orders:Url where the gateway runs.
            """,
            string.Join('\n', (await script.Registry.LaunchAsync("shop", "dev", 5, default))!.Problems));
        Assert.False((await script.Registry.LaunchAsync("shop", "dev", 5, default))!.HasSupergraph);
    }

    private static async Task PromoteAsync(string place)
    {
        await using var script = await RegistryScript.OpenAsync(place);
        const string settings = """{"dialect":"composite","transports":{"http":{"url":"{{URL}}"}},"environments":{"dev":{"URL":"http://dev.example/"},"production":{"URL":"http://shop.example/"}}}""";
        Assert.Equal("#1 live: publish a@1, b@1", await script.PublishAsync("shop", "dev", RegistryScript.Root("a") with { Url = "http://a.dev.example/" }, RegistryScript.Root("b") with { Settings = settings }));
        Assert.Equal("refused: Nothing is live in staging of shop.", await script.PromoteAsync("shop", "staging", "production"));
        Assert.Equal("refused: dev cannot be promoted to itself.", await script.PromoteAsync("shop", "dev", "dev"));
        Assert.Equal("refused: dev of shop has no source c. It has: a, b.", await script.PromoteAsync("shop", "dev", "production", ("c", "http://c.example/")));
        Assert.Equal("refused: Where a answers was said for dev, and is not known for production: give --url a=URL.", await script.PromoteAsync("shop", "dev", "production"));
        Assert.Equal("#1 live: promote dev #1", await script.PromoteAsync("shop", "dev", "production", ("a", "http://a.example/")));
        Assert.Equal("unchanged, #1", await script.PromoteAsync("shop", "dev", "production"));
        Assert.Equal("#2 live: publish a@2", await script.PublishAsync("shop", "dev", RegistryScript.Root("a", "x")));
        Assert.Equal("#2 live: promote dev #2", await script.PromoteAsync("shop", "dev", "production"));

        // The same version in both, each at its own address; settings by the environment of that name.
        var stages = await Task.WhenAll((await script.Registry.StagesAsync("shop", default)).Select(async stage =>
            $"{stage.Stage} #{stage.Live}: {string.Join(", ", (await script.Registry.LaunchAsync("shop", stage.Stage, stage.Live!.Value, default))!.Sources.Select(source => $"{source} {source.Url}"))}"));
        Assert.Equal("dev #2: a@2 http://a.dev.example/, b@1 \nproduction #2: a@2 http://a.example/, b@1 ", string.Join('\n', stages));
        Assert.Contains("url: \"http://shop.example/\"", (await script.Registry.SupergraphAsync("shop", "production", 2, default))!, StringComparison.Ordinal);
        Assert.Equal(
            "#1 draft: publish b@1 [SETTINGS_INVALID]",
            await script.PublishAsync("shop", "staging", RegistryScript.Root("b") with { Settings = settings }));
    }

    private static async Task ApproveAsync(string place)
    {
        await using var script = await RegistryScript.OpenAsync(place);
        Assert.Equal("#1 awaiting: publish a@1", await script.PublishAsync("shop", "dev", true, RegistryScript.Root("a")));
        Assert.Null(await script.Registry.LiveAsync("shop", "dev", default));
        Assert.Equal("refused: #2 of dev of shop does not wait for approval.", await script.ApproveAsync("shop", "dev", 2));
        Assert.Equal("#2 live: approve a@1", await script.ApproveAsync("shop", "dev", 1));
        Assert.Equal("refused: #1 of dev of shop does not wait for approval.", await script.ApproveAsync("shop", "dev", 1));
        Assert.Equal("refused: No launch was live before #2.", await script.RollbackAsync("shop", "dev"));

        // Others go on meanwhile: what waits comes on top of what they did, and takes nothing back.
        Assert.Equal("#3 awaiting: publish a@2", await script.PublishAsync("shop", "dev", true, RegistryScript.Root("a", "x")));
        Assert.Equal("#4 live: publish b@1", await script.PublishAsync("shop", "dev", RegistryScript.Root("b")));
        Assert.Equal("#5 live: approve a@2", await script.ApproveAsync("shop", "dev", 3));
        var live = (await script.Registry.LaunchAsync("shop", "dev", 5, default))!;
        Assert.Equal("a@2, b@1", string.Join(", ", live.Sources));
        Assert.Equal(("ann", 3), (live.Launch.Approver, live.Launch.Target));

        // What no longer composes with what others did is a draft, and still waits.
        Assert.Equal("#6 awaiting: publish c@1", await script.PublishAsync("shop", "dev", true, RegistryScript.Root("c", "same")));
        Assert.Equal("#7 live: publish b@2", await script.PublishAsync("shop", "dev", RegistryScript.Root("b", "same")));
        Assert.Equal("#8 draft: approve c@1 [INVALID_FIELD_SHARING]", await script.ApproveAsync("shop", "dev", 6));
        Assert.Equal(
            """
            #8 Draft approve c@1, base 7, target 6
            #7 Live publish b@2, base 5
            #6 Awaiting publish c@1, base 5
            #5 Superseded approve a@2, base 4, target 3
            #4 Superseded publish b@1, base 2
            #3 Approved publish a@2, base 2
            #2 Superseded approve a@1, base 1, target 1
            #1 Approved publish a@1
            """,
            string.Join('\n', (await script.Registry.LaunchesAsync("shop", "dev", 100, default)).Select(RegistryScript.Show)));

        // What waited was never live as it was: others had changed the stage since.
        Assert.Equal(
            "refused: #3 was never live in dev of shop. It was approved, and what it changed became live with another launch.", await script.RollbackAsync("shop", "dev", 3));
        Assert.Equal("refused: #6 was never live in dev of shop.", await script.RollbackAsync("shop", "dev", 6));
    }

    // What somebody else made live meanwhile, as it waits.
    private static async Task ApproveWhatIsLiveAsync(string place)
    {
        await using var script = await RegistryScript.OpenAsync(place);
        Assert.Equal("#1 live: publish a@1", await script.PublishAsync("shop", "dev", RegistryScript.Root("a")));
        Assert.Equal("unchanged, #1", await script.PublishAsync("shop", "dev", true, RegistryScript.Root("a")));
        Assert.Equal("#2 awaiting: publish a@2", await script.PublishAsync("shop", "dev", true, RegistryScript.Root("a", "x")));
        Assert.Equal("#3 live: publish a@2", await script.PublishAsync("shop", "dev", RegistryScript.Root("a", "x")));
        Assert.Equal("#4 awaiting: publish b@1", await script.PublishAsync("shop", "dev", true, RegistryScript.Root("b")));
        Assert.Equal("unchanged, #3", await script.ApproveAsync("shop", "dev", 2));
        Assert.Equal("refused: #2 of dev of shop does not wait for approval.", await script.ApproveAsync("shop", "dev", 2));
        Assert.Equal(
            "refused: #2 was never live in dev of shop. It was approved, and what it changed became live with another launch.", await script.RollbackAsync("shop", "dev", 2));
        Assert.Equal("#5 live: rollback to #1", await script.RollbackAsync("shop", "dev"));
        Assert.Equal(
            """
            #5 Live rollback to #1, base 3
            #4 Awaiting publish b@1, base 3
            #3 RolledBack publish a@2, base 1
            #2 Approved publish a@2, base 1
            #1 Superseded publish a@1
            """,
            string.Join('\n', (await script.Registry.LaunchesAsync("shop", "dev", 100, default)).Select(RegistryScript.Show)));
        Assert.Equal("ann", (await script.Registry.LaunchAsync("shop", "dev", 2, default))!.Launch.Approver);

        // Who approves it after that has b on top of what was rolled back to.
        Assert.Equal("#6 live: approve b@1", await script.ApproveAsync("shop", "dev", 4));
        Assert.Equal("a@1, b@1", string.Join(", ", (await script.Registry.LaunchAsync("shop", "dev", 6, default))!.Sources));
    }

    // A source that waits is in what comes after it, where nothing is live: that must not be a way around the approval.
    private static async Task NothingIsApprovedByTheWayAsync(string place)
    {
        await using var script = await RegistryScript.OpenAsync(place);
        Assert.Equal("#1 awaiting: publish a@1", await script.PublishAsync("shop", "dev", true, RegistryScript.Root("a")));
        Assert.Equal("#2 draft: publish b@1 [INVALID_GRAPHQL]", await script.PublishAsync("shop", "dev", new SourcePublication("b", "type Query { b: Nothing }")));
        Assert.Equal("#3 awaiting: publish b@2", await script.PublishAsync("shop", "dev", RegistryScript.Root("b")));
        Assert.Equal("#4 awaiting: delete b", await script.DeleteAsync("shop", "dev", "b"));
        Assert.Null(await script.Registry.LiveAsync("shop", "dev", default));
        Assert.Equal("#5 live: approve b@2", await script.ApproveAsync("shop", "dev", 3));
        Assert.Equal("unchanged, #5", await script.ApproveAsync("shop", "dev", 1));
        Assert.Equal("#6 live: publish c@1", await script.PublishAsync("shop", "dev", RegistryScript.Root("c")));
        Assert.Equal("a@1, b@2, c@1", string.Join(", ", (await script.Registry.LaunchAsync("shop", "dev", 6, default))!.Sources));
    }

    // Several processes, each with a registry of its own; all publish another source to the same stage, and two of them the same one.
    private static async Task CompeteAsync(string place)
    {
        const int teams = 8;
        var scripts = await Task.WhenAll(Enumerable.Range(0, teams).Select(_ => RegistryScript.OpenAsync(place)));
        var results = await Task.WhenAll(scripts.Select((script, i) => Task.Run(() => script.PublishAsync("shop", "dev", RegistryScript.Root($"s{Math.Min(i, teams - 2)}", $"f{i}")))));
        Assert.Equal(
            Enumerable.Range(1, teams).Select(number => $"#{number}"),
            results.Select(result => result[..result.IndexOf(' ', StringComparison.Ordinal)]).Order(StringComparer.Ordinal));
        Assert.All(results, result => Assert.Contains(" live: publish s", result, StringComparison.Ordinal));

        // Each launch holds all that came before it, and the last one has every source.
        for (var number = 1; number <= teams; number++)
        {
            var launch = (await scripts[0].Registry.LaunchAsync("shop", "dev", number, default))!;
            var all = (await Task.WhenAll(Enumerable.Range(1, number).Select(async earlier => (await scripts[0].Registry.LaunchAsync("shop", "dev", earlier, default))!.Launch.Subject)))
                .Select(subject => subject[..subject.IndexOf('@', StringComparison.Ordinal)]).Distinct().Order(StringComparer.Ordinal);
            Assert.Equal(all, launch.Sources.Select(source => source.Source));
            Assert.Equal(number == 1 ? null : number - 1, launch.Launch.Base);
        }

        // Of the two who publish the same source the later one is in.
        var versions = await scripts[0].Registry.VersionsAsync("shop", $"s{teams - 2}", 10, default);
        var last = (await scripts[0].Registry.LaunchAsync("shop", "dev", teams, default))!;
        Assert.Equal((2, 2), (versions.Length, last.Sources.Single(source => source.Source == $"s{teams - 2}").Version));
        foreach (var script in scripts)
        {
            await script.DisposeAsync();
        }
    }
}
