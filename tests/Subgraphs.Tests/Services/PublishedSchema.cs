using System.Text;
using GraphGateway.Language;
using GraphGateway.TestKit;
using Xunit;

namespace GraphGateway.Subgraphs.Tests.Services;

/// <summary>The schemas that the repository publishes, and that services serve, in one form: definitions in the order of their names.</summary>
internal static class PublishedSchema
{
    public static string Read(string service) => Normalize(File.ReadAllText(Path.Combine(Repository.Root, "schemas", service, "schema.graphqls")));

    public static string Normalize(string sdl)
    {
        var document = Parser.ParseDocument(new SourceText(Encoding.UTF8.GetBytes(sdl), "schema.graphqls"), ParserOptions.Schema);
        Assert.True(document.IsSuccess, document.Error?.Message);
        var source = new SourceText(sdl);
        var texts = document.Value!.Definitions.Select(definition => Printer.Print(new DocumentNode(source, [definition])).Trim());
        return string.Join("\n\n", texts.Order(StringComparer.Ordinal));
    }
}
