using System.Text.RegularExpressions;
using System.Xml.Linq;
using GraphGateway.TestKit;
using Xunit;
using Xunit.Abstractions;

namespace GraphGateway.Architecture;

/// <summary>The rules of the house that each file, type and method keeps.</summary>
public sealed class CodeRuleTests(ITestOutputHelper output)
{
    private const int MaxFileLines = 500;
    private const int MaxFileLinesP95 = 250;
    private const int MaxMethodLines = 70;
    private const int MaxMethodLinesP95 = 40;

    // Their source generators fill in partial classes.
    private static readonly string[] GeneratorAttributes = ["[GeneratedRegex", "[LoggerMessage", "[JsonSerializable", "[LibraryImport"];

    [Fact]
    public void Files_are_short()
    {
        var lengths = Lengths(House.CodeFiles(Repository.PathOf("src")));
        Assert.Empty(Lengths(House.CodeFiles(Repository.PathOf("tests"))).Concat(lengths)
            .Where(file => file.Lines >= MaxFileLines).Select(file => $"{file.Name}: {file.Lines} lines"));

        Report("Files", [.. lengths.Select(file => file.Lines)]);
        // A percentile of a few files says little.
        Assert.True(lengths.Count < 100 || Percentile([.. lengths.Select(file => file.Lines)], 95) <= MaxFileLinesP95,
            $"95 of 100 files are to have at most {MaxFileLinesP95} lines.");
    }

    [Fact]
    public void Methods_are_short()
    {
        var bodies = House.Projects.SelectMany(project =>
        {
            using var assembly = new BuiltAssembly(project.AssemblyFile);
            return assembly.MethodBodies().Where(body => !body.File.Replace('\\', '/').Contains("/obj/", StringComparison.Ordinal));
        }).ToList();
        Assert.Empty(bodies.Where(body => body.Lines > MaxMethodLines)
            .Select(body => $"{Path.GetRelativePath(Repository.Root, body.File)}({body.Line}): {body.Lines} lines"));

        Report("Methods", [.. bodies.Select(body => body.Lines)]);
        Assert.True(Percentile([.. bodies.Select(body => body.Lines)], 95) <= MaxMethodLinesP95,
            $"95 of 100 methods are to have at most {MaxMethodLinesP95} lines.");
    }

    [Fact]
    public void Public_types_and_methods_have_a_comment()
    {
        var missing = new List<string>();
        foreach (var project in House.Projects)
        {
            var comments = Comments(Path.ChangeExtension(project.AssemblyFile, ".xml"));
            using var assembly = new BuiltAssembly(project.AssemblyFile);
            missing.AddRange(assembly.PublicMembers()
                .Where(member => comments.GetValueOrDefault(member.Key) < member.Overloads)
                .Select(member => $"{project}: {member.Key}"));
        }

        Assert.True(missing.Count == 0, $"Without a comment:\n{string.Join('\n', missing)}");
    }

    [Fact]
    public void Classes_are_written_in_one_piece() =>
        Assert.Empty(House.CodeFiles(Repository.PathOf("src")).Where(file =>
        {
            var text = File.ReadAllText(file);
            return Regex.IsMatch(text, @"\bpartial\s+(class|record|struct|interface)\b")
                && !GeneratorAttributes.Any(attribute => text.Contains(attribute, StringComparison.Ordinal));
        }).Select(file => Path.GetRelativePath(Repository.Root, file)));

    [Fact]
    public void Tests_wait_for_the_event_itself_and_nobody_lifts_the_ban_on_clocks()
    {
        // Written in two halves, so that this file does not find itself.
        string[] sleeps = ["Task." + "Delay(", "Thread." + "Sleep(", "SpinUntil" + "("];
        const string liftedBan = "RS00" + "30";
        var tests = House.CodeFiles(Repository.PathOf("tests")).ToList();
        var sleeping = tests.Where(file => sleeps.Any(sleep => File.ReadAllText(file).Contains(sleep, StringComparison.Ordinal))).ToList();
        var lifting = House.CodeFiles(Repository.PathOf("src")).Concat(tests)
            .Where(file => File.ReadAllText(file).Contains(liftedBan, StringComparison.Ordinal)).ToList();
        Assert.Empty(sleeping);
        Assert.Empty(lifting);
    }

    private static List<(string Name, int Lines)> Lengths(IEnumerable<string> files) =>
        [.. files.Select(file => (Path.GetRelativePath(Repository.Root, file), File.ReadLines(file).Count()))];

    // The documentation file names a method with its parameters; its overloads are counted under the name alone.
    private static Dictionary<string, int> Comments(string file) => XDocument.Load(file).Descendants("member")
        .Where(member => member.Elements().Any())
        .Select(member => ((string)member.Attribute("name")!).Split('(')[0])
        .Select(name => Regex.Replace(name, "``[0-9]+$", ""))
        .GroupBy(name => name)
        .ToDictionary(group => group.Key, group => group.Count());

    private static int Percentile(int[] values, int percent)
    {
        Array.Sort(values);
        return values.Length == 0 ? 0 : values[Math.Min(values.Length - 1, values.Length * percent / 100)];
    }

    private void Report(string what, int[] lengths) =>
        output.WriteLine($"{what}: {lengths.Length}, lines: median {Percentile(lengths, 50)}, p95 {Percentile(lengths, 95)}, most {lengths.DefaultIfEmpty().Max()}");
}
