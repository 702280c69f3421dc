using System.CommandLine;
using Petrel.Program.Commands;

var root = new RootCommand("Petrel: Kubernetes in one program.")
{
    UpCommand.Create(),
    DownCommand.Create(),
    StatusCommand.Create(),
    ServerCommand.Create(),
    ImagesCommand.Create(),
};
return await root.Parse(args).InvokeAsync();
