using System.Collections.Immutable;

namespace GraphGateway.ControlPlane;

/// <summary>A registry elsewhere has not done what was asked, or cannot be reached. What it says has no key in it.</summary>
/// <param name="url">Where the registry is.</param>
/// <param name="problem">What is wrong, and what to do.</param>
/// <param name="code">By which the registry tells its problems apart; null where it was not the registry that answered.</param>
public sealed class RegistryRequestException(Uri url, string problem, ApiProblemCode? code = null) : Exception($"{url}: {problem}")
{
    /// <summary>What is wrong, and what to do, without the address.</summary>
    public string Problem => problem;

    /// <summary>Which of the registry's problems it is; null where it was not the registry that answered.</summary>
    public ApiProblemCode? Code => code;

    /// <summary>True where what answers is no registry that this program can ask: the same fails again until the address, or one of the two versions, is another one.</summary>
    public bool IsOfNoRegistry { get; init; }

    /// <summary>The persisted operations that would break, each with what is wrong; empty where it is about something else.</summary>
    public ImmutableArray<string> Broken { get; init; } = [];
}
