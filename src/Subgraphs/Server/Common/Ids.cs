using System.Globalization;

namespace GraphGateway.Subgraphs.Server.Common;

/// <summary>The services' ids: whole numbers from 1 on, which GraphQL writes as strings.</summary>
public static class Ids
{
    /// <summary>The number of an id; null when the text cannot be an id of this shop. There is one spelling of each: no sign, no leading zero.</summary>
    public static int? Parse(string id) =>
        int.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0 && id[0] != '0' ? number : null;
}
