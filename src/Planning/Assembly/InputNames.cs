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
