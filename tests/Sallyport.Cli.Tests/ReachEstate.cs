namespace Sallyport.Cli.Tests;

/// <summary>
/// Two tiers and a bystander, as AWS CLI answers in one folder: web (two interfaces, one public) may send MySQL to db, which takes
/// it from web; db may send nothing; a second VPC uses the same addresses. Routes and ACLs were not read.
/// </summary>
internal sealed class ReachEstate : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("sallyport-reach-");

    public ReachEstate()
    {
        Write("groups.json", Groups);
        Write("interfaces.json", Interfaces);
        Write("vpcs.json", """{"Vpcs":[{"VpcId":"vpc-0000000a","OwnerId":"111122223333","CidrBlock":"10.1.0.0/16"},{"VpcId":"vpc-0000000b","OwnerId":"111122223333","CidrBlock":"10.1.0.0/16"}]}""");
        Write("peerings.json", """{"VpcPeeringConnections":[]}""");
    }

    public string Path => System.IO.Path.Combine(_folder.FullName, "estate");

    public string At(string name) => System.IO.Path.Combine(_folder.FullName, name);

    public string WriteBeside(string name, string text)
    {
        File.WriteAllText(At(name), text);
        return At(name);
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private void Write(string name, string text)
    {
        Directory.CreateDirectory(Path);
        File.WriteAllText(System.IO.Path.Combine(Path, name), text);
    }

    private const string Groups = """
        {"SecurityGroups":[
         {"GroupId":"sg-00000001","GroupName":"web","OwnerId":"111122223333","VpcId":"vpc-0000000a","Description":"x",
          "IpPermissions":[{"IpProtocol":"tcp","FromPort":443,"ToPort":443,"IpRanges":[{"CidrIp":"0.0.0.0/0"}]}],
          "IpPermissionsEgress":[{"IpProtocol":"tcp","FromPort":3306,"ToPort":3306,"UserIdGroupPairs":[{"GroupId":"sg-00000002"}]}]},
         {"GroupId":"sg-00000002","GroupName":"db","OwnerId":"111122223333","VpcId":"vpc-0000000a","Description":"x",
          "IpPermissions":[{"IpProtocol":"tcp","FromPort":3306,"ToPort":3307,"UserIdGroupPairs":[{"GroupId":"sg-00000001"}]}],
          "IpPermissionsEgress":[]},
         {"GroupId":"sg-00000003","GroupName":"default","OwnerId":"111122223333","VpcId":"vpc-0000000a","Description":"x","IpPermissions":[],"IpPermissionsEgress":[]},
         {"GroupId":"sg-00000004","GroupName":"default","OwnerId":"111122223333","VpcId":"vpc-0000000b","Description":"x","IpPermissions":[],"IpPermissionsEgress":[]},
         {"GroupId":"sg-00000005","GroupName":"\u001b[31mevil\u202e","OwnerId":"111122223333","VpcId":"vpc-0000000b","Description":"x","IpPermissions":[],"IpPermissionsEgress":[{"IpProtocol":"-1","IpRanges":[{"CidrIp":"0.0.0.0/0"}]}]}
        ]}
        """;

    private const string Interfaces = """
        {"NetworkInterfaces":[
         {"NetworkInterfaceId":"eni-00000001","OwnerId":"111122223333","VpcId":"vpc-0000000a","Status":"in-use","Groups":[{"GroupId":"sg-00000001"}],"Attachment":{"InstanceId":"i-00000001"},
          "PrivateIpAddress":"10.1.0.5","PrivateIpAddresses":[{"PrivateIpAddress":"10.1.0.5","Primary":true,"Association":{"PublicIp":"203.0.113.5"}}]},
         {"NetworkInterfaceId":"eni-00000002","OwnerId":"111122223333","VpcId":"vpc-0000000a","Status":"in-use","Groups":[{"GroupId":"sg-00000001"}],
          "PrivateIpAddress":"10.1.0.6","PrivateIpAddresses":[{"PrivateIpAddress":"10.1.0.6","Primary":true}]},
         {"NetworkInterfaceId":"eni-00000003","OwnerId":"111122223333","VpcId":"vpc-0000000a","Status":"in-use","Groups":[{"GroupId":"sg-00000002"}],
          "PrivateIpAddress":"10.1.0.9","PrivateIpAddresses":[{"PrivateIpAddress":"10.1.0.9","Primary":true}]},
         {"NetworkInterfaceId":"eni-00000004","OwnerId":"111122223333","VpcId":"vpc-0000000b","Status":"in-use","Groups":[{"GroupId":"sg-00000005"}],
          "PrivateIpAddress":"10.1.0.5","PrivateIpAddresses":[{"PrivateIpAddress":"10.1.0.5","Primary":true}]}
        ]}
        """;
}
