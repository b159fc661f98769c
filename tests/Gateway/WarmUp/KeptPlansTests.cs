using System.Diagnostics.Metrics;
using System.Security.Cryptography;
using System.Text;
using GraphGateway.Gateway.Tests.Authentication;
using GraphGateway.Gateway.Tests.Pipeline;
using GraphGateway.Language;
using GraphGateway.Planning;
using GraphGateway.TestKit;
using GraphGateway.TypeSystem.Supergraphs;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace GraphGateway.Gateway.Tests.WarmUp;

/// <summary>Plans on disk: what the next start reads instead of planning, and that nothing is used which is damaged, of another graph or open to others.</summary>
public sealed class KeptPlansTests : IAsyncLifetime, IDisposable
{
    private const string Hot = "query Hot($a: Boolean!) { hello again: hello @include(if: $a) }";
    private const string Identity = "0123456789012345678901234567890_";

    private static readonly string Newer = RunningGateway.Supergraph.Replace(
        "type Query @gateway__type(in: USERS) {", "type Query @gateway__type(in: USERS) {\n  more: String @gateway__field(in: USERS)", StringComparison.Ordinal);

    private readonly TemporaryFolder folder = new();
    private readonly FakeTimeProvider clock = new();
    private WholeLog log = new();
    private FakeSource source = null!;

    private string Texts => Path.Combine(folder.Path, "hot.json");

    private string Plans => Path.Combine(folder.Path, "plans");

    private string[] Files => [.. Directory.EnumerateFiles(Plans).Order(StringComparer.Ordinal)];

    public async Task InitializeAsync()
    {
        Directory.CreateDirectory(Plans);
        source = await FakeSource.AnswersAsync("""{"data":{"hello":"you","again":"you","more":"more"}}""");
    }

    public async Task DisposeAsync() => await source.DisposeAsync();

    public void Dispose()
    {
        folder.Dispose();
        log.Dispose();
    }

    [Fact]
    public async Task The_second_start_plans_nothing_and_answers_alike()
    {
        using var metric = new PlanMetric();
        await RunOnceAsync();
        Assert.Equal("read 0, planned 0, refused 0", metric.Text);
        var file = Assert.Single(Files);
        Assert.Equal($"{Convert.ToHexStringLower(PlanStorage.IdentityOf(Supergraph(RunningGateway.Supergraph)))}.plans", Path.GetFileName(file));
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        }

        await using var second = await StartAsync();
        Assert.Equal("read 2, planned 0, refused 0", metric.Text);
        Assert.Contains("Warm-up: 1 operation was planned in 0.0 s, 0 cannot be answered by this graph, for 0 there was no time", log.Text, StringComparison.Ordinal);
        Assert.Contains("Warm-up: plans that came from disk: 2, were made: 0, of disk could not be used: 0", log.Text, StringComparison.Ordinal);
        Assert.Equal("""{"data":{"hello":"you","again":"you"}}""", await second.QueryAsync(Hot, """{"a":true}"""));
        Assert.Equal("""{"data":{"hello":"you"}}""", await second.QueryAsync(Hot, """{"a":false}"""));
        // What nobody has kept is planned.
        Assert.Equal("""{"data":{"again":"you"}}""", await second.QueryAsync("{ again: hello }"));
        Assert.Equal("read 2, planned 0, refused 0", metric.Text);
    }

    [Fact]
    public async Task Without_the_setting_nothing_is_written()
    {
        await using (var gateway = await RunningGateway.StartAsync(source, [$"--Gateway:WarmUp:File={Texts}"], clock, log))
        {
            await gateway.QueryAsync(Hot, """{"a":true}""");
            await gateway.QueryAsync(Hot, """{"a":true}""");
            await gateway.StopAsync();
        }

        Assert.True(File.Exists(Texts));
        Assert.Empty(Files);
        Assert.DoesNotContain("disk", log.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_graph_has_a_file_of_its_own_and_the_one_that_comes_back_finds_its_plans_before_it_is_served()
    {
        await RunOnceAsync();
        using var metric = new PlanMetric();
        await using var second = await RunningGateway.StartAsync(Newer, [("users", $"{source.Url}/graphql")], Settings, clock, log);
        await OverAsync(second);
        Assert.Equal("read 0, planned 2, refused 0", metric.Text);
        Assert.Equal("""{"data":{"hello":"you"}}""", await second.QueryAsync(Hot, """{"a":false}"""));
        Assert.Null(await second.Services.GetRequiredService<GraphChange>().TakeAsync(Encoding.UTF8.GetBytes(RunningGateway.Supergraph), "the first one", default));
        Assert.Equal("read 2, planned 2, refused 0", metric.Text);
        Assert.Equal("""{"data":{"hello":"you"}}""", await second.QueryAsync(Hot, """{"a":false}"""));
        Assert.Null(await second.Services.GetRequiredService<GraphChange>().TakeAsync(Encoding.UTF8.GetBytes(Newer), "the newer one", default));
        await NoteAsync(second);
        Assert.Equal(2, Files.Length);
    }

    [Theory]
    [InlineData("cut", "it is damaged.")]
    [InlineData("changed", "it is damaged.")]
    [InlineData("other", "its plans are of another graph or another version of the gateway.")]
    [InlineData("text", "it is no file of plans of this version.")]
    [InlineData("open", "others than its owner may read or write it.")]
    [InlineData("large", "it has more than 67108864 bytes.")]
    [InlineData("folder", "")]
    public async Task A_file_that_cannot_be_trusted_is_told_and_written_anew(string what, string reason)
    {
        await RunOnceAsync();
        var file = Files[0];
        var right = await File.ReadAllBytesAsync(file);
        Spoil(file, right, what);
        using var metric = new PlanMetric();
        await using var second = await StartAsync();
        // A folder in its place is no file.
        Assert.Equal(what != "folder", log.Text.Contains($"Gateway:WarmUp:Plans: {file} is not used, and its operations are planned: {reason}", StringComparison.Ordinal));
        Assert.Equal("read 0, planned 2, refused 0", metric.Text);
        Assert.Equal("""{"data":{"hello":"you","again":"you"}}""", await second.QueryAsync(Hot, """{"a":true}"""));
        await second.StopAsync();
        Assert.Equal(what == "folder", log.Text.Contains("Gateway:WarmUp:Plans cannot be written: ", StringComparison.Ordinal));
        Assert.Equal([file], Directory.EnumerateFileSystemEntries(Plans));
        if (what != "folder")
        {
            Assert.Equal(Content(right), Content(await File.ReadAllBytesAsync(file)));
        }
    }

    [Fact]
    public async Task A_plan_that_is_none_or_does_not_pass_its_verification_is_told_once_and_made_anew()
    {
        await RunOnceAsync();
        var identity = PlanStorage.IdentityOf(Supergraph(RunningGateway.Supergraph));
        var plans = PlanFile.Read(await File.ReadAllBytesAsync(Files[0]), identity);
        Write(Files[0], PlanFile.Write(identity, plans.Select(plan => (plan.Key, (byte[])[.. plan.Value.Span, 0]))));
        using var metric = new PlanMetric();
        await using (var second = await StartAsync())
        {
            Assert.Equal("read 0, planned 0, refused 2", metric.Text);
            Assert.Equal("""{"data":{"hello":"you","again":"you"}}""", await second.QueryAsync(Hot, """{"a":true}"""));
            Assert.Equal(2, log.Text.Split("a plan in ").Length);
            Assert.Contains("and its operation is planned; others like it have no line: at byte ", log.Text, StringComparison.Ordinal);
        }

        // The plan of one outcome in the place of another one's: it refers only to what is there, and does not fill all of it.
        Write(Files[0], PlanFile.Write(identity, plans.Keys.Zip(plans.Values.Reverse(), (key, plan) => (key, plan.ToArray()))));
        log = new WholeLog();
        await using var third = await RunningGateway.StartAsync(source, [.. Settings, "--Gateway:VerifyPlans=On"], clock, log);
        await OverAsync(third);
        Assert.Equal("read 0, planned 0, refused 4", metric.Text);
        Assert.Contains("Warm-up: plans that came from disk: 0, were made: 0, of disk could not be used: 2", log.Text, StringComparison.Ordinal);
        Assert.Equal("""{"data":{"hello":"you","again":"you"}}""", await third.QueryAsync(Hot, """{"a":true}"""));
    }

    [Fact]
    public void Each_byte_of_a_file_counts_and_each_length()
    {
        var identity = Encoding.UTF8.GetBytes(Identity);
        var file = PlanFile.Write(identity, [([1, 2, 3], [4, 5]), ([1, 2], []), ([], [6])]);
        Assert.Equal("010203=0405;0102=;=06", Content(file, identity));
        for (var i = 0; i < file.Length; i++)
        {
            Assert.Throws<InvalidDataException>(() => PlanFile.Read(file.AsMemory(0, i), identity));
            for (var bit = 0; bit < 8; bit++)
            {
                var changed = (byte[])file.Clone();
                changed[i] ^= (byte)(1 << bit);
                Assert.Throws<InvalidDataException>(() => PlanFile.Read(changed, identity));
            }
        }

        Assert.Throws<InvalidDataException>(() => PlanFile.Read((byte[])[.. file, 0], identity));
        Assert.Throws<InvalidDataException>(() => PlanFile.Read(file, Encoding.UTF8.GetBytes(Identity.Replace('_', '-'))));
    }

    // Of who can write a checksum as well.
    [Fact]
    public void Lengths_that_lie_are_found()
    {
        var identity = Encoding.UTF8.GetBytes(Identity);
        var file = PlanFile.Write(identity, [([1, 2, 3], [4, 5])]);
        var random = new Random(1);
        var equal = 0;
        for (var i = 0; i < 4_000; i++)
        {
            var changed = file[..^SHA256.HashSizeInBytes];
            for (var changes = random.Next(1, 4); changes > 0; changes--)
            {
                changed[random.Next(40, changed.Length)] = random.Next(3) == 0 ? (byte)random.Next(256) : (byte)random.Next(4);
            }

            try
            {
                Content([.. changed, .. SHA256.HashData(changed)], identity);
                equal++;
            }
            catch (InvalidDataException)
            {
                // As it should be.
            }
        }

        Assert.InRange(equal, 1, 3_000);
    }

    // Of who can write a checksum as well.
    [Fact]
    public void Two_plans_for_one_operation_and_what_follows_the_last_are_told()
    {
        var identity = Encoding.UTF8.GetBytes(Identity);
        var file = PlanFile.Write(identity, [([1], [4]), ([2], [5])]);
        string Told(byte[] changed) => Assert.Throws<InvalidDataException>(() => PlanFile.Read((byte[])[.. changed, .. SHA256.HashData(changed)], identity)).Message;
        var content = file[..^SHA256.HashSizeInBytes];
        Assert.Equal("it has more than its plans.", Told([.. content, 0]));
        content[^6] = 1;
        Assert.Equal("it has two plans for one operation.", Told(content));
    }

    [Fact]
    public void Keys_are_of_all_that_a_plan_is_made_for_and_what_has_no_room_is_left_out()
    {
        string[] keys =
        [
            Key("{ a }", null, "", ""), Key("{ b }", null, "", ""), Key("{ a }", "", "", ""), Key("{ a }", "a", "", ""), Key("{ a }", null, "a", ""),
            Key("{ a }", null, "", "a"), Key("{ a }", null, "1", ""), Key("{ a }a", null, "", ""), Key("{ a }", "A", "1", "a"), Key("{ a }", "A", "1a", ""),
        ];
        Assert.Equal(keys.Length, keys.Distinct().Count());
        Assert.Equal(keys[0], Key("{ a }", null, "", ""));
        var identity = Encoding.UTF8.GetBytes(Identity);
        var large = new byte[PlanFile.MaxBytes / 2];
        var file = PlanFile.Write(identity, [([1], [1]), ([2], large), ([1], [3]), ([4], large), ([5], [5])]);
        Assert.Equal("01 1, 02 33554432", string.Join(", ", PlanFile.Read(file, identity).Select(plan => $"{Convert.ToHexString(plan.Key)} {plan.Value.Length}")));

        static string Key(string document, string? name, string conditions, string labels) =>
            Convert.ToHexString(new KeptPlanKey(new DocumentKey(Encoding.UTF8.GetBytes(document), name), conditions, labels).ToBytes());
    }

    [Fact]
    public void The_folder_keeps_the_files_of_the_newest_graphs_and_touches_no_others()
    {
        var now = clock.GetUtcNow().UtcDateTime;
        string Ours(int number) => Convert.ToHexStringLower(SHA256.HashData([(byte)number]));
        void Put(string name, int minutes)
        {
            var path = folder.Write(Path.Combine("plans", name), "");
            File.SetLastWriteTimeUtc(path, now.AddMinutes(-minutes));
        }

        for (var i = 1; i <= 6; i++)
        {
            Put($"{Ours(i)}.plans", i);
        }

        Put("mine.plans", 100_000);
        Put($"{Ours(7)}.plans.bak", 100_000);
        Put($"{Ours(8)}.plans.00112233445566778899aabbccddeeff.tmp", 11);
        Put($"{Ours(9)}.plans.00112233445566778899aabbccddeeff.tmp", 9);
        new PlanFolder(Plans, clock).Write(SHA256.HashData([6]), [1, 2]);
        string[] expected = ["mine.plans", $"{Ours(1)}.plans", $"{Ours(2)}.plans", $"{Ours(3)}.plans", $"{Ours(6)}.plans", $"{Ours(7)}.plans.bak", $"{Ours(9)}.plans.00112233445566778899aabbccddeeff.tmp"];
        Assert.Equal(expected.Order(StringComparer.Ordinal), Files.Select(file => Path.GetFileName(file)!));
        Assert.Equal([1, 2], new PlanFolder(Plans, clock).Read(SHA256.HashData([6]))!);
        Assert.Null(new PlanFolder(Plans, clock).Read(SHA256.HashData([7])));
    }

    // Who reads it meanwhile has the old one whole.
    [Fact]
    public void A_file_is_written_beside_the_old_one_and_takes_its_place()
    {
        var identity = SHA256.HashData([1]);
        var plans = new PlanFolder(Plans, clock);
        plans.Write(identity, [1, 2, 3, 4]);
        using var old = new FileStream(plans.FileOf(identity), FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        plans.Write(identity, [5, 6]);
        var read = new byte[5];
        Assert.Equal(4, old.ReadAtLeast(read, 5, throwOnEndOfStream: false));
        Assert.Equal([1, 2, 3, 4, 0], read);
        Assert.Equal([5, 6], plans.Read(identity)!);
        Assert.Equal([plans.FileOf(identity)], Files);
    }

    // Who opens a pipe waits until somebody writes into it: the gateway would never be ready, nor end.
    [Fact]
    public async Task What_is_no_file_is_not_opened()
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        var identity = SHA256.HashData([1]);
        var plans = new PlanFolder(Plans, clock);
        Directory.CreateDirectory(Plans);
        var hot = Path.Combine(folder.Path, "hot");
        await using (var mkfifo = ChildProcess.Start("mkfifo", ["-m", "600", plans.FileOf(identity), hot]))
        {
            Assert.Equal(0, (await mkfifo.WaitForExitAsync()).ExitCode);
        }

        var read = Task.Run(() => Assert.Throws<InvalidDataException>(() => plans.Read(identity)).Message);
        Assert.Equal("it is no file.", await read.WaitAsync(TestPatience.Limit));
        var readHot = Task.Run(() => Assert.Throws<InvalidDataException>(() => new HotOperationFile(hot, clock).Read()).Message);
        Assert.Equal("it is no file.", await readHot.WaitAsync(TestPatience.Limit));

        // What is written takes its place.
        plans.Write(identity, [1]);
        Assert.Equal([1], plans.Read(identity)!);
    }

    // Root alone can make one that belongs to somebody else, and can read it.
    [Fact]
    public async Task A_file_of_another_user_is_not_read()
    {
        if (!OperatingSystem.IsLinux() || Environment.UserName != "root")
        {
            return;
        }

        var identity = SHA256.HashData([1]);
        var plans = new PlanFolder(Plans, clock);
        plans.Write(identity, [1]);
        Assert.Equal([1], plans.Read(identity)!);
        await using (var chown = ChildProcess.Start("chown", ["65534", plans.FileOf(identity)]))
        {
            Assert.Equal(0, (await chown.WaitForExitAsync()).ExitCode);
        }

        Assert.Equal("it belongs to another user.", Assert.Throws<InvalidDataException>(() => plans.Read(identity)).Message);
    }

    private string[] Settings => [$"--Gateway:WarmUp:File={Texts}", $"--Gateway:WarmUp:Plans={Plans}"];

    private async Task<RunningGateway> StartAsync()
    {
        var gateway = await RunningGateway.StartAsync(source, Settings, clock, log);
        await OverAsync(gateway);
        return gateway;
    }

    // Both outcomes of the operation are asked for, and what came once is not kept.
    private async Task RunOnceAsync()
    {
        await using var first = await StartAsync();
        await first.QueryAsync(Hot, """{"a":false}""");
        await first.QueryAsync(Hot, """{"a":true}""");
        await first.QueryAsync("{ hello }");
        await first.StopAsync();
    }

    private async Task NoteAsync(RunningGateway gateway)
    {
        var noted = new TaskCompletionSource();
        gateway.Services.GetRequiredService<WarmUpService>().Noted += noted.SetResult;
        clock.Advance(WarmUpService.Interval);
        await noted.Task;
    }

    private static void Spoil(string file, byte[] right, string what)
    {
        switch (what)
        {
            case "cut":
                Write(file, right[..^40]);
                break;
            case "changed":
                right = (byte[])right.Clone();
                right[100] ^= 1;
                Write(file, right);
                break;
            case "other":
                Write(file, PlanFile.Write(SHA256.HashData([1]), []));
                break;
            case "text":
                Write(file, Encoding.UTF8.GetBytes(new string('.', 1_000)));
                break;
            case "large":
                using (var stream = new FileStream(file, FileMode.Open))
                {
                    stream.SetLength(PlanFile.MaxBytes + 1L);
                }

                break;
            case "open" when OperatingSystem.IsWindows():
                Write(file, right[..^40]);
                break;
            case "open":
                File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead);
                break;
            default:
                File.Delete(file);
                Directory.CreateDirectory(file);
                break;
        }
    }

    // Keeps who may read it.
    private static void Write(string file, byte[] bytes)
    {
        using var stream = new FileStream(file, FileMode.Truncate);
        stream.Write(bytes);
    }

    private static string Content(byte[] file) => Content(file, PlanStorage.IdentityOf(Supergraph(RunningGateway.Supergraph)));

    private static string Content(byte[] file, byte[] identity) =>
        string.Join(';', PlanFile.Read(file, identity).Select(plan => $"{Convert.ToHexString(plan.Key)}={Convert.ToHexString(plan.Value.Span)}"));

    private static Supergraph Supergraph(string text) => SupergraphReader.Read(new SourceText(text)).Supergraph!;

    private static Task OverAsync(RunningGateway gateway) => gateway.Services.GetRequiredService<WarmUpService>().Over;

    /// <summary>What gateways in this process count of plans on disk: only those of these tests do.</summary>
    private sealed class PlanMetric : IDisposable
    {
        private readonly MeterListener listener = new();
        private readonly Dictionary<string, long> counts = new() { ["read"] = 0, ["planned"] = 0, ["refused"] = 0 };

        public PlanMetric()
        {
            listener.InstrumentPublished = (instrument, listening) =>
            {
                if (instrument.Name == "graphgateway.warm_up.plans")
                {
                    listening.EnableMeasurementEvents(instrument);
                }
            };
            listener.SetMeasurementEventCallback<long>((_, value, tags, _) =>
            {
                lock (counts)
                {
                    counts[(string)tags[0].Value!] += value;
                }
            });
            listener.Start();
        }

        public string Text
        {
            get
            {
                lock (counts)
                {
                    return string.Join(", ", counts.Select(count => $"{count.Key} {count.Value}"));
                }
            }
        }

        public void Dispose() => listener.Dispose();
    }
}
