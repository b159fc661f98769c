using GraphGateway.Gateway.Tests.Shop;
using GraphGateway.TestKit;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using Xunit;

namespace GraphGateway.Gateway.Tests.Ide;

/// <summary>What people do with <c>/graphql</c> in a browser: write a query, run it, see the answer.</summary>
[Collection(ShopCollection.Name)]
public sealed class BrowserTests(RunningShop shop)
{
    private const string Query = """
        {
          userByEmail(email: "mila.garcia.1@example.com") {
            name
            orders(first: 1) {
              nodes {
                number
                total { amount currency }
                payments { status method { __typename } }
                amountDue { amount }
              }
            }
          }
        }
        """;

    private const string Answer = """
        {
          "data": {
            "userByEmail": {
              "name": "Mila García",
              "orders": {
                "nodes": [
                  {
                    "number": "ORD-009965",
                    "total": {
                      "amount": 1306.64,
                      "currency": "EUR"
                    },
                    "payments": [
                      {
                        "status": "REFUNDED",
                        "method": {
                          "__typename": "WalletPayment"
                        }
                      }
                    ],
                    "amountDue": {
                      "amount": 1306.64
                    }
                  }
                ]
              }
            }
          }
        }
        """;

    // The editor puts its lines into the page in no order, with hard spaces.
    private const string LinesOfAnswer = """
        () => [...document.querySelectorAll(".monaco-editor[data-uri^='inmemory://'] .view-line")]
          .sort((one, other) => parseInt(one.style.top) - parseInt(other.style.top))
          .map(line => line.textContent.replaceAll('\u00a0', ' ')).join('\n')
        """;

    [ChromiumFact]
    public async Task The_IDE_runs_a_query_over_three_services_and_calls_nobody_else()
    {
        Assert.True(new IdeFiles(AppContext.BaseDirectory).IsBundle, "The build has not restored the IDE: it needs Node.js with npm, and a network.");
        await using var chromium = await Chromium.StartAsync();
        var page = chromium.Page;
        await page.GotoAsync(new Uri(shop.Client.BaseAddress!, "/graphql").AbsoluteUri);
        await page.GetByText("Create Document").ClickAsync();
        // It has read the schema of the graph.
        await Assertions.Expect(page.GetByText("Schema available")).ToBeVisibleAsync();
        await PasteAsync(page, page.Locator(".monaco-editor[data-uri*='/operations/']"));
        await RunAsync(page);
        await Assertions.Expect(page.GetByText("REFUNDED")).ToBeVisibleAsync();

        Assert.Equal(Answer, await page.EvaluateAsync<string>(LinesOfAnswer));
        Assert.Equal([shop.Client.BaseAddress!.Authority], chromium.Hosts);
        Assert.Empty(chromium.Errors);
    }

    [ChromiumFact]
    public async Task The_small_page_of_a_build_without_npm_runs_it_too()
    {
        using var program = new TemporaryFolder();
        foreach (var file in Directory.EnumerateFiles(Repository.PathOf("src/Gateway/Ide/Page")))
        {
            program.Write($"ide-page/{Path.GetFileName(file)}", File.ReadAllText(file));
        }

        await using var gateway = await shop.StartGatewayAsync(builder => builder.Services.AddSingleton(new IdeFiles(program.Path)));
        var address = new Uri(gateway.Urls.Single());
        await using var chromium = await Chromium.StartAsync();
        var page = chromium.Page;
        await page.GotoAsync(new Uri(address, "/graphql").AbsoluteUri);
        await Assertions.Expect(page.GetByText("Banana Cake Pop IDE is served here instead")).ToBeVisibleAsync();
        await page.GetByLabel("Query").FillAsync(Query);
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Run" }).ClickAsync();
        await Assertions.Expect(page.Locator("#answer")).ToContainTextAsync("REFUNDED");

        Assert.Equal(Answer, await page.Locator("#answer").TextContentAsync());
        Assert.Equal([address.Authority], chromium.Hosts);
        Assert.Empty(chromium.Errors);
    }

    // Pasted, as the editor would add brackets of its own to what is typed.
    private static async Task PasteAsync(IPage page, ILocator editor)
    {
        await editor.ClickAsync();
        await page.EvaluateAsync("text => navigator.clipboard.writeText(text)", Query);
        await page.Keyboard.PressAsync("Control+A");
        await page.Keyboard.PressAsync("Control+V");
        await Assertions.Expect(editor).ToContainTextAsync("amountDue");
    }

    // The IDE takes over what the editor shows a moment later, without a sign: until then it runs the document of before.
    private static async Task RunAsync(IPage page)
    {
        var run = page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Run Operation" });
        for (var attempt = 0; attempt < 50; attempt++)
        {
            var response = await page.RunAndWaitForResponseAsync(
                () => run.ClickAsync(),
                response => response.Request.PostData is { } body && !body.Contains("IntrospectionQuery", StringComparison.Ordinal));
            if (response.Request.PostData!.Contains("userByEmail", StringComparison.Ordinal))
            {
                return;
            }
        }

        Assert.Fail("The IDE does not run what its editor shows.");
    }
}
