namespace GraphGateway.Benchmarks;

/// <summary>One subject that is measured; a sub-command of the program.</summary>
/// <param name="Name">The sub-command, and the name of the file with the results.</param>
/// <param name="Description">What is measured, in a few words.</param>
/// <param name="Run">Measures, prints and writes the table; takes the suite's own arguments and gives the exit code.</param>
internal sealed record Suite(string Name, string Description, Func<string[], int> Run);
