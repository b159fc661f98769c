using System.CommandLine;
using GraphGateway.Demo;

var query = new Option<FileInfo?>("--query") { Description = "Run the query in this file, print its answer on standard output, and stop." };
var reset = new Option<bool>("--reset") { Description = "Delete the demo's data first; it is created anew." };
var data = new Option<DirectoryInfo?>("--data") { Description = "Where databases and logs lie; .demo in the repository by default." };
var ports = DemoPrograms.All.Select(program => new Option<int>(program.PortOption)
{
    Description = $"The port of {program.Name}.",
    DefaultValueFactory = _ => program.DefaultPort,
}).ToList();

var command = new RootCommand("Starts the three services and the gateway, and stops them again with Ctrl+C.") { query, reset, data };
ports.ForEach(command.Add);
command.SetAction((arguments, _) => DemoRun.RunAsync(
    new DemoOptions
    {
        Query = arguments.GetValue(query),
        Reset = arguments.GetValue(reset),
        Data = arguments.GetValue(data),
        Ports = [.. ports.Select(arguments.GetValue)],
    },
    TimeProvider.System));

// The demo stops its children itself when a signal comes.
return await command.Parse(args).InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = null });
