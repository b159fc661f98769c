using System.Text;
using GraphGateway.ControlPlane;

namespace GraphGateway.Cli;

/// <summary>
/// What a command writes for people. Schemas, tags, names of clients and files are anybody's texts, and a terminal obeys what some characters say: these are shown by
/// their numbers (<c>\u{1B}</c>, <c>\u{202E}</c>). Texts that are asked for as they are go around it (<see cref="AsItIs"/>).
/// </summary>
/// <param name="output">Where it goes.</param>
internal sealed class PeopleWriter(TextWriter output) : TextWriter(output.FormatProvider)
{
    /// <inheritdoc/>
    public override Encoding Encoding => output.Encoding;

    /// <summary>The writer for a text that is asked for as it is, such as a schema that goes into a file.</summary>
    internal static TextWriter AsItIs(TextWriter writer) => writer is PeopleWriter people ? people.Inner : writer;

    /// <summary>A text as people see it. An end of a line stays one, and nothing goes back to the begin of a line.</summary>
    internal static string Show(ReadOnlySpan<char> text)
    {
        var shown = UnseenText.Show(text, Number);
        return !shown.Contains('\r', StringComparison.Ordinal) ? shown
            : shown.Replace("\r\n", "\n", StringComparison.Ordinal).Replace("\r", Number('\r'), StringComparison.Ordinal);
    }

    /// <inheritdoc/>
    public override void Write(char value) => output.Write(Show([value]));

    /// <inheritdoc/>
    public override void Write(char[] buffer, int index, int count) => output.Write(Show(buffer.AsSpan(index, count)));

    /// <inheritdoc/>
    public override void Write(ReadOnlySpan<char> buffer) => output.Write(Show(buffer));

    /// <inheritdoc/>
    public override void Write(string? value) => output.Write(Show(value));

    /// <inheritdoc/>
    public override void WriteLine() => output.WriteLine();

    /// <inheritdoc/>
    public override void WriteLine(string? value) => output.WriteLine(Show(value));

    /// <inheritdoc/>
    public override void Flush() => output.Flush();

    private TextWriter Inner => output;

    private static string Number(int number) => $"\\u{{{number:X}}}";
}
