namespace GraphGateway.Subgraphs.Server.Hosting;

/// <summary>
/// A service cannot start for a reason that its operator can mend: a bad setting, an unusable database, a port in use.
/// <see cref="ServiceHost"/> prints the message alone and ends with exit code 1.
/// </summary>
/// <param name="message">One sentence on what is wrong and one on what to do.</param>
/// <param name="inner">What happened underneath, for debuggers; it is not printed.</param>
public sealed class SettingsException(string message, Exception? inner = null) : Exception(message, inner);
