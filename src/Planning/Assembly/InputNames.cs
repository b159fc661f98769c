using System.Collections.Immutable;
using GraphGateway.Language;

namespace GraphGateway.Planning;

/// <summary>What the inputs of a plan's steps are called, so that no variable of the client has the name.</summary>
internal sealed class InputNames
{
    private const string Usual = "representations";

    /// <summary>Names that go with the variables of an operation.</summary>
    public InputNames(ImmutableArray<VariableDefinitionNode> clientVariables)
    {
        while (IsTaken(Prefix, clientVariables))
        {
            Prefix = "_" + Prefix;
        }

        // Where there are several lists, each has the name with a number behind it.
        Representations = IsTaken(Usual, clientVariables) ? Prefix + Usual : Usual;
    }

    /// <summary>What the others begin with.</summary>
    public string Prefix { get; } = "__gg_";

    /// <summary>The list of representations.</summary>
    public string Representations { get; }

    /// <summary>What an input is called that is an argument.</summary>
    /// <param name="prefix">What the names begin with.</param>
    /// <param name="number">Its place.</param>
    /// <param name="argument">The argument's name in the source.</param>
    public static string VariableOf(string prefix, int number, string argument) => $"{prefix}{number}_{argument}";

    /// <summary>The argument of <see cref="VariableOf"/>; null for another name.</summary>
    public static string? ArgumentOf(string variable)
    {
        var rest = variable.AsSpan().TrimStart('_');
        if (!rest.StartsWith("gg_", StringComparison.Ordinal))
        {
            return null;
        }

        rest = rest[3..];
        var end = rest.IndexOf('_');
        return end > 0 && !rest[..end].ContainsAnyExceptInRange('0', '9') ? rest[(end + 1)..].ToString() : null;
    }

    private static bool IsTaken(string start, ImmutableArray<VariableDefinitionNode> clientVariables)
    {
        foreach (var variable in clientVariables)
        {
            if (variable.Variable.Name.Value.StartsWith(start, StringComparison.Ordinal))
            {
                return true;
            }
        }

        return false;
    }
}
