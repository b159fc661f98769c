namespace GraphGateway.Gateway;

/// <summary>What was known of the shared store when a request's sources were asked.</summary>
/// <param name="Epoch">The store's.</param>
/// <param name="Number">How many invalidations of it had been carried out here.</param>
internal sealed record SharedPoint(string Epoch, long Number);
