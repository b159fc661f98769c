using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using GraphGateway.TestKit;

namespace GraphGateway.Benchmarks;

/// <summary>A Markdown page of results: printed, and written to <c>benchmarks/results/NAME.md</c>.</summary>
internal sealed class Report(string title)
{
    private readonly StringBuilder text = new($"# {title}\n");

    /// <summary>A paragraph.</summary>
    public void Paragraph(string line) => text.Append($"\n{line}\n");

    /// <summary>When, on which machine, and with which runtimes.</summary>
    public void Environment(string others) => Paragraph(
        $"{TimeProvider.System.GetUtcNow():yyyy-MM-dd} · {Processor()}, {Cores()} · "
        + $"{RuntimeInformation.OSDescription} · {RuntimeInformation.FrameworkDescription} · {others}");

    /// <summary>A table. Columns but the first are aligned to the right.</summary>
    public void Table(string[] header, IEnumerable<string[]> rows)
    {
        text.Append($"\n| {string.Join(" | ", header)} |\n|---|{string.Concat(Enumerable.Repeat("---:|", header.Length - 1))}\n");
        foreach (var row in rows)
        {
            text.Append($"| {string.Join(" | ", row)} |\n");
        }
    }

    /// <summary>Prints the page.</summary>
    public void Print() => Console.Out.Write(text);

    /// <summary>Prints the page and writes the file.</summary>
    public void Write(string name)
    {
        Print();
        File.WriteAllText(Repository.PathOf($"benchmarks/results/{name}.md"), text.ToString());
    }

    /// <summary>A duration with three digits and a fitting unit.</summary>
    public static string Duration(double nanoseconds) => nanoseconds switch
    {
        < 1e3 => $"{Digits(nanoseconds)} ns",
        < 1e6 => $"{Digits(nanoseconds / 1e3)} µs",
        < 1e9 => $"{Digits(nanoseconds / 1e6)} ms",
        _ => $"{Digits(nanoseconds / 1e9)} s",
    };

    /// <summary>A number with three digits.</summary>
    public static string Digits(double value) => value switch
    {
        < 10 => value.ToString("0.00", CultureInfo.InvariantCulture),
        < 100 => value.ToString("0.0", CultureInfo.InvariantCulture),
        _ => value.ToString("0", CultureInfo.InvariantCulture),
    };

    // Of the machine; the process can be held on some of them.
    private static string Cores()
    {
        const string file = "/proc/cpuinfo";
        var own = System.Environment.ProcessorCount;
        var all = File.Exists(file) ? File.ReadLines(file).Count(line => line.StartsWith("processor", StringComparison.Ordinal)) : own;
        return all <= own ? $"{own} cores" : $"{all} cores, {own} for what measures";
    }

    private static string Processor()
    {
        const string file = "/proc/cpuinfo";
        var line = File.Exists(file) ? File.ReadLines(file).FirstOrDefault(l => l.StartsWith("model name", StringComparison.Ordinal)) : null;
        return line?[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim() ?? RuntimeInformation.ProcessArchitecture.ToString();
    }
}
