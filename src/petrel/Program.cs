using System.CommandLine;
using Petrel.Program.Commands;

var root = new RootCommand("Petrel: Kubernetes in one program.")
{
    ServerCommand.Create(),
};
return await root.Parse(args).InvokeAsync();
