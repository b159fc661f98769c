using System.Collections.Immutable;
using System.Text;
using GraphGateway.Language;

namespace GraphGateway.Planning;

/// <summary>Collects a fetch's text, the places of its inputs, and the client's variables that it uses.</summary>
/// <param name="pending">Empty, and used by nobody else meanwhile; after <see cref="ToPieces"/> it is empty again.</param>
internal sealed class TextPieces(StringBuilder pending)
{
    private static readonly HashSet<string> None = [];

    private readonly List<FetchTextPiece> pieces = [];
    private HashSet<string>? variables;

    /// <summary>The names of the client's variables that were written.</summary>
    public IReadOnlySet<string> Variables => variables ?? None;

    public TextPieces Append(string text)
    {
        pending.Append(text);
        return this;
    }

    public TextPieces AppendInput(string variableName)
    {
        Flush();
        pieces.Add(new FetchTextPiece("$" + variableName, IsInput: true));
        return this;
    }

    /// <summary>Arguments with their parentheses; nothing when there are none.</summary>
    /// <param name="arguments">The client's, or a requirement's.</param>
    /// <param name="inputs">Arguments that get their value from an input: the name and the variable.</param>
    public TextPieces AppendArguments(IEnumerable<ArgumentNode> arguments, IEnumerable<(string Name, string VariableName)> inputs)
    {
        var separator = "(";
        foreach (var argument in arguments)
        {
            Append(separator).Append(argument.Name.Value).Append(": ").Append(Printer.Print(argument.Value));
            NoteVariables(argument.Value);
            separator = ", ";
        }

        foreach (var (name, variableName) in inputs)
        {
            Append(separator).Append(name).Append(": ").AppendInput(variableName);
            separator = ", ";
        }

        return separator == "(" ? this : Append(")");
    }

    public ImmutableArray<FetchTextPiece> ToPieces()
    {
        Flush();
        return [.. pieces];
    }

    /// <summary>All of it as one text, inputs included.</summary>
    public string TakeText()
    {
        Flush();
        return pieces is [var only] ? only.Text : string.Concat(pieces.Select(static piece => piece.Text));
    }

    private void Flush()
    {
        if (pending.Length > 0)
        {
            pieces.Add(new FetchTextPiece(pending.ToString(), IsInput: false));
            pending.Clear();
        }
    }

    private void NoteVariables(ValueNode value)
    {
        switch (value)
        {
            case VariableNode variable:
                (variables ??= new HashSet<string>(StringComparer.Ordinal)).Add(variable.Name.Value);
                break;
            case ListValueNode list:
                foreach (var item in list.Values)
                {
                    NoteVariables(item);
                }

                break;
            case ObjectValueNode @object:
                foreach (var field in @object.Fields)
                {
                    NoteVariables(field.Value);
                }

                break;
        }
    }
}
